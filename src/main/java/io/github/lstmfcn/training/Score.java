package io.github.lstmfcn.training;

/**
 * Loss and accuracy over a number of series.
 *
 * @param loss the mean categorical cross-entropy in nats, weighted by class in training
 * @param accuracy the share of series whose most probable class is the true one, 0 to 1; never
 *     weighted
 */
public record Score(double loss, double accuracy) {}
