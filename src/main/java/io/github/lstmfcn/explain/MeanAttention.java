package io.github.lstmfcn.explain;

/**
 * The mean of the attention over the series of one class.
 *
 * @param series the number of series of the class
 * @param alpha float32 {@code [steps][steps]}: the mean share of each input step (column) in the
 *     context of each step that the layer takes (row), over the series in which the mask does not
 *     leave out the row's step; NaN in the row of a step that no series takes
 * @param taken {@code [steps]}: the number of series in which the mask does not leave out a step
 */
public record MeanAttention(int series, float[][] alpha, int[] taken) {}
