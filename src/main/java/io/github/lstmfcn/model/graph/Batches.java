package io.github.lstmfcn.model.graph;

import io.github.lstmfcn.model.AttentionScope;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/** Series on their way into TensorFlow. */
public final class Batches {
  /** As the original evaluates; what {@link AttentionScope#ACROSS_BATCH} sums over. */
  public static final int ORIGINAL_SIZE = 128;

  private static final int FEWEST = 8;

  /** Steps at once, over all series of a batch. */
  private static final int STEPS = 1 << 14;

  private Batches() {}

  /**
   * How many series of a length to run at once. From about 4,000 steps a batch on, a series takes
   * no less time in a larger one; memory still grows with it. The table is in {@code
   * docs/performance.md}.
   *
   * @return {@link #ORIGINAL_SIZE} up to length 128, then fewer, at least 8
   */
  static int size(int length) {
    return Math.max(FEWEST, Math.min(ORIGINAL_SIZE, STEPS / length));
  }

  /**
   * How many series of a length to run at once where the outputs of layers are fetched: 128 filters
   * are 8 MB at most, however long the series are.
   *
   * @return {@link #ORIGINAL_SIZE} up to length 128, then fewer, at least 1
   */
  public static int sizeOfFetched(int length) {
    return Math.max(1, Math.min(ORIGINAL_SIZE, STEPS / length));
  }

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
