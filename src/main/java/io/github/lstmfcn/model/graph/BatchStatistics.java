package io.github.lstmfcn.model.graph;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * What a batch normalisation in training saw, for its moving averages. Each is over n = batch size
 * × length values a filter.
 *
 * @param layer {@code bn1} to {@code bn3}
 * @param mean float32 {@code (filters)}
 * @param variance float32 {@code (filters)}, the unbiased estimate: divided by n - 1
 */
public record BatchStatistics(String layer, Operand<TFloat32> mean, Operand<TFloat32> variance) {}
