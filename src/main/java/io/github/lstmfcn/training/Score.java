package io.github.lstmfcn.training;

/**
 * Loss and accuracy over series.
 *
 * @param loss mean categorical cross-entropy in nats, weighted by class in training
 * @param accuracy share of series whose likeliest class is the true one; never weighted
 */
public record Score(double loss, double accuracy) {}
