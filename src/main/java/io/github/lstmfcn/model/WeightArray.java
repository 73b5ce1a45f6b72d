package io.github.lstmfcn.model;

import java.util.Arrays;

/**
 * One array of weights.
 *
 * @param shape its dimensions
 * @param values row-major, as many as the shape says
 */
public record WeightArray(int[] shape, float[] values) {

  /**
   * @throws IllegalArgumentException if values and shape do not agree or a dimension is negative
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
          "shape " + Arrays.toString(shape) + " holds " + size + ", found " + values.length);
    }
  }

  /**
   * Nothing but zeros.
   *
   * @param shape its dimensions
   */
  public static WeightArray zeros(int[] shape) {
    return new WeightArray(shape, new float[size(shape)]);
  }

  /**
   * How many values an array of a shape holds.
   *
   * @throws ArithmeticException if they are too many for an array
   */
  public static int size(int[] shape) {
    int size = 1;
    for (int dimension : shape) {
      size = Math.multiplyExact(size, dimension);
    }
    return size;
  }
}
