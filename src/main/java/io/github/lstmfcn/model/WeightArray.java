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
   * @throws IllegalArgumentException if values and shape do not agree
   */
  public WeightArray {
    long size = 1;
    for (int dimension : shape) {
      size *= dimension;
    }
    if (size != values.length) {
      throw new IllegalArgumentException(
          "shape " + Arrays.toString(shape) + " holds " + size + ", found " + values.length);
    }
  }
}
