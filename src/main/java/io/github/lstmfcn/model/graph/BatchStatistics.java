package io.github.lstmfcn.model.graph;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * The mean and variance of a batch in a batch normalisation in training, from which the moving
 * averages are updated. Both are taken over n = batch size × length values per filter.
 *
 * @param layer the name of the layer, {@code bn1} and so on
 * @param mean float32 {@code (filters)}
 * @param variance float32 {@code (filters)}, the unbiased estimate: divided by n - 1
 */
public record BatchStatistics(String layer, Operand<TFloat32> mean, Operand<TFloat32> variance) {}
