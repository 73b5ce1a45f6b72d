/**
 * How a model learns: what a training is ({@code Recipe}), the network's gradients and Adam in a
 * TensorFlow session ({@code TrainingSession}), the loop over epochs ({@code Trainer}), and all
 * that lives in a folder ({@code TrainingRun}). Knows nothing of the score on TEST but what a
 * recipe validates on.
 */
package io.github.lstmfcn.training;
