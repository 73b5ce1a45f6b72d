package io.github.lstmfcn.model.graph;

import java.util.Arrays;
import org.tensorflow.types.TFloat32;

/**
 * The output of a layer.
 *
 * @param shape the dimensions, the batch first
 * @param values the values in row-major order
 */
public record LayerOutput(int[] shape, float[] values) {

  /** Copies the values of a tensor. */
  public static LayerOutput of(TFloat32 tensor) {
    float[] values = new float[Math.toIntExact(tensor.size())];
    tensor.asRawTensor().data().asFloats().read(values);
    int[] shape = Arrays.stream(tensor.shape().asArray()).mapToInt(Math::toIntExact).toArray();
    return new LayerOutput(shape, values);
  }

  /** The values as {@code float32 [batch][features]}, for an output of rank 2. */
  public float[][] rows() {
    int width = shape[1];
    float[][] rows = new float[shape[0]][width];
    for (int row = 0; row < rows.length; row++) {
      System.arraycopy(values, row * width, rows[row], 0, width);
    }
    return rows;
  }
}
