package io.github.lstmfcn.keras.layout;

import java.util.Arrays;

/**
 * An array of a weight file.
 *
 * @param name as the file has it, {@code conv1d_1/kernel:0}
 * @param shape its dimensions
 * @param values row-major
 */
public record KerasArray(String name, int[] shape, float[] values) {

  public int rank() {
    return shape.length;
  }

  public int size() {
    return values.length;
  }

  /** {@code [8, 1, 128]}. */
  public String shapeText() {
    return Arrays.toString(shape);
  }
}
