package io.github.lstmfcn.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A convolution block: a convolution along time, a batch normalisation, a ReLU and, in the
 * multivariate networks, squeeze-and-excite (Hu, Shen, Sun: <i>Squeeze-and-Excitation Networks</i>,
 * 2018): the mean over time of each channel passes two dense layers without bias, ReLU and sigmoid,
 * and scales the channel.
 *
 * @param filters the number of filters of the convolution, which is the number of channels of the
 *     output
 * @param kernelSize the number of steps that a filter covers
 * @param bottleneck the number of units of the first dense layer of squeeze-and-excite; 0 without
 *     squeeze-and-excite
 */
public record ConvolutionBlock(int filters, int kernelSize, int bottleneck) {

  /** Factor by which squeeze-and-excite reduces the channels (multivariate paper, section 3.2). */
  public static final int REDUCTION = 16;

  /** The three blocks of the papers (2017, section III-A). */
  public static final List<ConvolutionBlock> OF_THE_PAPERS =
      List.of(
          new ConvolutionBlock(128, 8), new ConvolutionBlock(256, 5), new ConvolutionBlock(128, 3));

  /** The three blocks of the multivariate paper, the first two with squeeze-and-excite. */
  public static final List<ConvolutionBlock> OF_THE_MULTIVARIATE_PAPER =
      List.of(
          new ConvolutionBlock(128, 8, 128 / REDUCTION),
          new ConvolutionBlock(256, 5, 256 / REDUCTION),
          new ConvolutionBlock(128, 3));

  /**
   * Checks the sizes.
   *
   * @param filters the component {@code filters}
   * @param kernelSize the component {@code kernelSize}
   * @param bottleneck the component {@code bottleneck}
   * @throws IllegalArgumentException if filters or kernel size are not positive, or the bottleneck
   *     is negative
   */
  public ConvolutionBlock {
    if (filters < 1 || kernelSize < 1 || bottleneck < 0) {
      throw new IllegalArgumentException(
          "filters and kernel size must be positive: found " + filters + " and " + kernelSize);
    }
  }

  /**
   * A block without squeeze-and-excite.
   *
   * @param filters the number of filters of the convolution
   * @param kernelSize the number of steps that a filter covers
   * @throws IllegalArgumentException if one of the sizes is not positive
   */
  public ConvolutionBlock(int filters, int kernelSize) {
    this(filters, kernelSize, 0);
  }

  /** {@return whether the block has squeeze-and-excite} */
  public boolean hasSqueezeAndExcite() {
    return bottleneck > 0;
  }

  /**
   * {@return the name of a block's convolution, {@code conv1} for the first block}
   *
   * @param number the number of the block, from 1
   */
  public static String convolution(int number) {
    return "conv" + number;
  }

  /**
   * {@return the name of a block's batch normalisation, {@code bn1} for the first block}
   *
   * @param number the number of the block, from 1
   */
  public static String normalization(int number) {
    return "bn" + number;
  }

  /**
   * {@return the name of the first dense layer of a block's squeeze-and-excite, {@code se1_reduce}
   * for the first block}
   *
   * @param number the number of the block, from 1
   */
  public static String reduction(int number) {
    return "se" + number + "_reduce";
  }

  /**
   * {@return the name of the second dense layer of a block's squeeze-and-excite, {@code se1_expand}
   * for the first block}
   *
   * @param number the number of the block, from 1
   */
  public static String expansion(int number) {
    return "se" + number + "_expand";
  }

  /**
   * The names and shapes of the block's arrays.
   *
   * @param number the number of the block, from 1
   * @param channels the number of channels of the block's input
   * @return the shapes by name, in the order of Keras' files
   */
  public Map<String, int[]> shapes(int number, int channels) {
    Map<String, int[]> shapes = new LinkedHashMap<>();
    shapes.put(convolution(number) + "/kernel", new int[] {kernelSize, channels, filters});
    shapes.put(convolution(number) + "/bias", new int[] {filters});
    for (String name : List.of("gamma", "beta", "moving_mean", "moving_variance")) {
      shapes.put(normalization(number) + "/" + name, new int[] {filters});
    }
    if (hasSqueezeAndExcite()) {
      shapes.put(reduction(number) + "/kernel", new int[] {filters, bottleneck});
      shapes.put(expansion(number) + "/kernel", new int[] {bottleneck, filters});
    }
    return shapes;
  }

  /** {@code 128 filters of size 8}. */
  @Override
  public String toString() {
    String squeeze = hasSqueezeAndExcite() ? ", squeeze-and-excite " + bottleneck : "";
    return filters + " filters of size " + kernelSize + squeeze;
  }
}
