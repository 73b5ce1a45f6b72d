package io.github.lstmfcn.keras;

import io.github.lstmfcn.keras.layout.KerasArray;
import io.github.lstmfcn.model.WeightArray;
import java.util.Arrays;

/** The kernel of a Conv1D: {@code (k, in, out)} since Keras 2, {@code (k, 1, in, out)} before. */
final class ConvolutionKernel {

  private ConvolutionKernel() {}

  static int[] shape(KerasArray kernel) {
    int[] shape = kernel.shape();
    return shape.length == 4 && shape[1] == 1 ? new int[] {shape[0], shape[2], shape[3]} : shape;
  }

  /**
   * The kernel in the layout of Keras 2.
   *
   * @param flip whether the steps of the kernel are in reverse order
   */
  static WeightArray of(KerasArray kernel, boolean flip) {
    int[] shape = shape(kernel);
    float[] values = kernel.values();
    if (!flip || shape[0] == 0) {
      return new WeightArray(shape, values);
    }
    float[] flipped = new float[values.length];
    int row = values.length / shape[0];
    for (int step = 0; step < shape[0]; step++) {
      System.arraycopy(values, step * row, flipped, values.length - (step + 1) * row, row);
    }
    return new WeightArray(Arrays.copyOf(shape, shape.length), flipped);
  }
}
