package io.github.lstmfcn.model;

/**
 * A convolution along time with a stride, in front of the recurrent layer, with padding {@code
 * same}, a ReLU and no bias. The original has it for the datasets Action3D (stride 2) and Activity
 * (stride 3), with a filter for every second or third variable, to need less memory.
 *
 * @param filters the number of filters
 * @param kernelSize the number of steps that a filter covers; 8 in the original
 * @param stride the number of steps from one output to the next
 */
public record Subsampling(int filters, int kernelSize, int stride) {

  /** The name of the convolution among the layers of a network. */
  public static final String NAME = "subsampling";

  /**
   * Checks the sizes.
   *
   * @param filters the component {@code filters}
   * @param kernelSize the component {@code kernelSize}
   * @param stride the component {@code stride}
   * @throws IllegalArgumentException if one of them is not positive
   */
  public Subsampling {
    if (filters < 1 || kernelSize < 1 || stride < 1) {
      throw new IllegalArgumentException(
          "filters, kernel size and stride must be positive: found %s, %s and %s"
              .formatted(filters, kernelSize, stride));
    }
  }

  /**
   * The subsampling of the original.
   *
   * @param variables the number of variables of a series
   * @param stride 2 for Action3D, 3 for Activity
   * @return a convolution with {@code variables / stride} filters of size 8
   * @throws IllegalArgumentException if there are fewer variables than the stride
   */
  public static Subsampling ofTheOriginal(int variables, int stride) {
    return new Subsampling(variables / stride, 8, stride);
  }

  /**
   * {@return the number of steps that are left}
   *
   * @param length the number of steps of a series
   */
  public int steps(int length) {
    return (length + stride - 1) / stride;
  }

  /** {@code 4 filters of size 8, stride 3}. */
  @Override
  public String toString() {
    return filters + " filters of size " + kernelSize + ", stride " + stride;
  }
}
