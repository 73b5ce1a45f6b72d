package io.github.lstmfcn.model;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/** Series on their way into TensorFlow. */
public final class Batches {

  private Batches() {}

  /**
   * The rows of a function that takes one batch at a time.
   *
   * @throws IllegalArgumentException if the batch size is not positive
   */
  public static float[][] map(float[][] series, int batchSize, UnaryOperator<float[][]> function) {
    if (batchSize < 1) {
      throw new IllegalArgumentException("a batch holds at least one series: found " + batchSize);
    }
    float[][] all = new float[series.length][];
    for (int start = 0; start < series.length; start += batchSize) {
      int end = Math.min(series.length, start + batchSize);
      float[][] rows = function.apply(Arrays.copyOfRange(series, start, end));
      System.arraycopy(rows, 0, all, start, rows.length);
    }
    return all;
  }

  /**
   * A tensor that the caller closes.
   *
   * @param shape of the tensor, as many values as the series have
   * @throws IllegalArgumentException if a series has another length
   */
  public static TFloat32 tensor(float[][] series, Shape shape, int length) {
    for (int row = 0; row < series.length; row++) {
      if (series[row].length != length) {
        throw new IllegalArgumentException(
            "series %d: expected length %d, found %d".formatted(row, length, series[row].length));
      }
    }
    return TFloat32.tensorOf(
        shape,
        tensor -> {
          var data = tensor.asRawTensor().data().asFloats();
          for (int row = 0; row < series.length; row++) {
            data.offset((long) row * length).write(series[row]);
          }
        });
  }
}
