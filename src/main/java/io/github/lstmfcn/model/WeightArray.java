package io.github.lstmfcn.model;

import java.util.Arrays;

/**
 * An array of weights. Neither array may be changed.
 *
 * @param shape the dimensions
 * @param values the values in row-major order, as many as the shape holds
 */
public record WeightArray(int[] shape, float[] values) {

  /**
   * Checks the number of values.
   *
   * @param shape the component {@code shape}
   * @param values the component {@code values}
   * @throws IllegalArgumentException if the number of values does not agree with the shape, or a
   *     dimension is negative
   */
  public WeightArray {
    long size = 1;
    boolean negative = false;
    for (int dimension : shape) {
      size *= dimension;
      negative |= dimension < 0;
    }
    if (negative || size != values.length) {
      throw new IllegalArgumentException(
          "shape " + Arrays.toString(shape) + " holds " + size + " values, found " + values.length);
    }
  }

  /**
   * An array of zeros.
   *
   * @param shape the dimensions
   * @return the array
   */
  public static WeightArray zeros(int[] shape) {
    return new WeightArray(shape, new float[size(shape)]);
  }

  /**
   * The number of values that an array of a shape holds.
   *
   * @param shape the dimensions
   * @return the number of values
   * @throws ArithmeticException if there are too many values for a Java array
   */
  public static int size(int[] shape) {
    int size = 1;
    for (int dimension : shape) {
      size = Math.multiplyExact(size, dimension);
    }
    return size;
  }
}
