package io.github.lstmfcn.explain;

/**
 * What speaks for each class in one series: at every step (Zhou et al. 2016: <i>Learning Deep
 * Features for Discriminative Localization</i>; the papers' section on visualisation), and in the
 * recurrent branch, which has no steps to show.
 *
 * <p>Of the exact map, {@code mean over the steps + lstm + bias = logit}, for every class.
 *
 * @param map float32 {@code [classes][length]}: the ReLU output of the third block times the dense
 *     kernel's rows of the convolutional branch; or what the original draws in its place
 * @param convolution float32 {@code [classes]}: the convolutional branch's part in each logit, the
 *     mean of the exact map
 * @param lstm float32 {@code [classes]}: the recurrent branch's part in each logit
 * @param bias float32 {@code [classes]}: the dense layer's
 * @param logits float32 {@code [classes]}, as the network computes them
 * @param probabilities float32 {@code [classes]}, likewise
 */
public record ClassActivationMap(
    float[][] map,
    float[] convolution,
    float[] lstm,
    float[] bias,
    float[] logits,
    float[] probabilities) {

  /**
   * @throws IllegalArgumentException if not all are of the same number of classes
   */
  public ClassActivationMap {
    int classes = map.length;
    if (convolution.length != classes
        || lstm.length != classes
        || bias.length != classes
        || logits.length != classes
        || probabilities.length != classes) {
      throw new IllegalArgumentException("one value a class: expected " + classes);
    }
  }

  /**
   * How much of what decides a logit is the recurrent branch, which a map hides: {@code |lstm| /
   * (|convolution| + |lstm| + |bias|)}, 0 to 1.
   */
  public double lstmShare(int k) {
    double all = (double) Math.abs(convolution[k]) + Math.abs(lstm[k]) + Math.abs(bias[k]);
    return all == 0 ? 0 : Math.abs(lstm[k]) / all;
  }
}
