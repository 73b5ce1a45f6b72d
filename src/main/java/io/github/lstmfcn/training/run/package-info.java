/**
 * Trainings that live in a folder: description, checkpoints, history, metrics. Used by searches, by
 * commands and by loading. Knows nothing of the score on TEST but what a recipe validates on.
 */
package io.github.lstmfcn.training.run;
