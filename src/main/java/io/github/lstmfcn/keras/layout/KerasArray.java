package io.github.lstmfcn.keras.layout;

import java.util.Arrays;

/**
 * An array of a weight file.
 *
 * @param name the name in the file, {@code conv1d_1/kernel:0}
 * @param shape the dimensions
 * @param values the values in row-major order
 */
public record KerasArray(String name, int[] shape, float[] values) {

  /** The number of dimensions. */
  public int rank() {
    return shape.length;
  }

  /** The number of values. */
  public int size() {
    return values.length;
  }

  /** The shape for people: {@code [8, 1, 128]}. */
  public String shapeText() {
    return Arrays.toString(shape);
  }
}
