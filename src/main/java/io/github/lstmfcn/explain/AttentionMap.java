package io.github.lstmfcn.explain;

/**
 * What the attention of a recurrent layer with several steps looks at, for one series. A step is a
 * variable in a network over variables, a point in time in one over steps.
 *
 * @param alpha float32 {@code [steps][steps]}: the share of each input step (column) in the context
 *     of each step that the layer takes (row); a row adds up to 1. Without effect in the row of a
 *     masked step, which is not taken
 * @param masked {@code [steps]}: whether the mask leaves out a step, since all of its features are
 *     0. The attention counts it nevertheless, as a column
 * @param input float32 {@code [steps][features]}: the input of the layer
 * @param attended float32 {@code [steps][features]}: the input, each step times its share in the
 *     context of the last step; what the original code returns for {@code return_attention}
 */
public record AttentionMap(
    float[][] alpha, boolean[] masked, float[][] input, float[][] attended) {}
