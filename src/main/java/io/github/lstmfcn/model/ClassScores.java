package io.github.lstmfcn.model;

/**
 * What a network answers to series.
 *
 * @param logits float32 {@code [N][classes]}, before the softmax
 * @param probabilities float32 {@code [N][classes]}, the softmax of the logits
 */
public record ClassScores(float[][] logits, float[][] probabilities) {}
