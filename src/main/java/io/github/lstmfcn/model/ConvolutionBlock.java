package io.github.lstmfcn.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A convolution block: a convolution along time, a batch normalisation and a ReLU.
 *
 * @param filters the number of filters of the convolution, which is the number of channels of the
 *     output
 * @param kernelSize the number of steps that a filter covers
 */
public record ConvolutionBlock(int filters, int kernelSize) {

  /** The three blocks of the papers (2017, section III-A). */
  public static final List<ConvolutionBlock> OF_THE_PAPERS =
      List.of(
          new ConvolutionBlock(128, 8), new ConvolutionBlock(256, 5), new ConvolutionBlock(128, 3));

  /**
   * Checks the sizes.
   *
   * @param filters the component {@code filters}
   * @param kernelSize the component {@code kernelSize}
   * @throws IllegalArgumentException if one of the sizes is not positive
   */
  public ConvolutionBlock {
    if (filters < 1 || kernelSize < 1) {
      throw new IllegalArgumentException(
          "filters and kernel size must be positive: found " + filters + " and " + kernelSize);
    }
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
    return shapes;
  }

  /** {@code 128 filters of size 8}. */
  @Override
  public String toString() {
    return filters + " filters of size " + kernelSize;
  }
}
