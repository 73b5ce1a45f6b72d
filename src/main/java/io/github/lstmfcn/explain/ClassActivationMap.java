package io.github.lstmfcn.explain;

/**
 * The class activation map of one series: what supports each class at every step (Zhou et al. 2016:
 * <i>Learning Deep Features for Discriminative Localization</i>; the papers' section on
 * visualisation), and the part of the recurrent branch, which has no map over the steps. The map is
 * over time, for all variables of a series together.
 *
 * <p>For the exact map, {@code mean over the steps + lstm + bias = logit} holds for every class.
 *
 * @param map float32 {@code [classes][length]}: the output of the last block times the rows of the
 *     dense kernel that belong to the convolutional branch; or what the original code draws in its
 *     place
 * @param convolution float32 {@code [classes]}: the convolutional branch's part of each logit, the
 *     mean of the exact map
 * @param lstm float32 {@code [classes]}: the recurrent branch's part of each logit; 0 in a network
 *     without a recurrent branch
 * @param bias float32 {@code [classes]}: the bias of the dense layer
 * @param logits float32 {@code [classes]}, as the network computes them
 * @param probabilities float32 {@code [classes]}, as the network computes them
 */
public record ClassActivationMap(
    float[][] map,
    float[] convolution,
    float[] lstm,
    float[] bias,
    float[] logits,
    float[] probabilities) {

  /**
   * Checks the sizes.
   *
   * @param map the component {@code map}
   * @param convolution the component {@code convolution}
   * @param lstm the component {@code lstm}
   * @param bias the component {@code bias}
   * @param logits the component {@code logits}
   * @param probabilities the component {@code probabilities}
   * @throws IllegalArgumentException if the arrays do not all have the same number of classes
   */
  public ClassActivationMap {
    int classes = map.length;
    if (convolution.length != classes
        || lstm.length != classes
        || bias.length != classes
        || logits.length != classes
        || probabilities.length != classes) {
      throw new IllegalArgumentException(
          "expected one value per class, for %s classes".formatted(classes));
    }
  }

  /**
   * The share of the recurrent branch, which a map does not show, in a logit: {@code |lstm| /
   * (|convolution| + |lstm| + |bias|)}.
   *
   * @param k the index of the class, from 0
   * @return the share, 0 to 1
   */
  public double lstmShare(int k) {
    double all = (double) Math.abs(convolution[k]) + Math.abs(lstm[k]) + Math.abs(bias[k]);
    return all == 0 ? 0 : Math.abs(lstm[k]) / all;
  }
}
