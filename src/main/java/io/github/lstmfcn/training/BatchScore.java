package io.github.lstmfcn.training;

/**
 * What a batch came to.
 *
 * @param loss mean over the batch, weighted by class in training
 * @param correct series whose likeliest class is the true one
 * @param size series of the batch
 */
public record BatchScore(float loss, int correct, int size) {}
