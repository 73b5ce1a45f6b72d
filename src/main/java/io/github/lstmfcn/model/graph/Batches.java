package io.github.lstmfcn.model.graph;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.model.AttentionScope;
import io.github.lstmfcn.model.ClassScores;
import io.github.lstmfcn.model.ModelSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/** Divides series into batches and turns them into tensors. */
public final class Batches {
  /**
   * The batch size with which the original code evaluates, and over which {@link
   * AttentionScope#ACROSS_BATCH} sums.
   */
  public static final int ORIGINAL_SIZE = 128;

  private static final int FEWEST = 8;

  /** The number of steps in a batch, over all of its series. */
  private static final int STEPS = 1 << 14;

  private Batches() {}

  /**
   * The number of series of a length to run at once. From about 4,000 steps per batch on, a series
   * does not take less time in a larger batch, while memory still grows with it. The measurements
   * are in {@code docs/performance.md}.
   *
   * @return {@link #ORIGINAL_SIZE} up to length 128, then fewer, at least 8
   */
  public static int size(int length) {
    return Math.max(FEWEST, Math.min(ORIGINAL_SIZE, STEPS / length));
  }

  /**
   * The number of series of a length to run at once if the outputs of layers are fetched: 128
   * filters take at most 8 MB, however long the series are.
   *
   * @return {@link #ORIGINAL_SIZE} up to length 128, then fewer, at least 1
   */
  public static int sizeOfFetched(int length) {
    return Math.max(1, Math.min(ORIGINAL_SIZE, STEPS / length));
  }

  /**
   * Applies a function batch by batch and collects the rows that it returns.
   *
   * @throws IllegalArgumentException if the batch size is not positive
   */
  public static float[][] map(float[][] series, int batchSize, UnaryOperator<float[][]> function) {
    if (batchSize < 1) {
      throw new IllegalArgumentException("expected a positive batch size, found " + batchSize);
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
   * Applies a network batch by batch and collects its answers.
   *
   * @throws InvalidInputException if the network overflows on a series; see {@link
   *     Predictor#checked}
   * @throws IllegalArgumentException if the batch size is not positive
   */
  public static ClassScores scores(
      float[][] series, int batchSize, Function<float[][], ClassScores> network) {
    List<float[]> logits = new ArrayList<>();
    float[][] probabilities =
        map(
            series,
            batchSize,
            batch -> {
              ClassScores scores = network.apply(batch);
              logits.addAll(Arrays.asList(scores.logits()));
              return scores.probabilities();
            });
    return new ClassScores(logits.toArray(float[][]::new), Predictor.checked(probabilities));
  }

  /**
   * Creates a network's input, float32 {@code (N, M, T)}, which the caller closes.
   *
   * @param series float32 {@code [N][variables × length]}, variables one after another
   * @throws IllegalArgumentException if a series has another size
   */
  public static TFloat32 tensor(float[][] series, ModelSpec spec) {
    Shape shape = Shape.of(series.length, spec.variables(), spec.length());
    return tensor(series, shape, spec.variables() * spec.length());
  }

  /**
   * Creates a tensor of series, which the caller closes.
   *
   * @param shape the shape of the tensor, which has as many values as the series
   * @throws IllegalArgumentException if a series has another size
   */
  public static TFloat32 tensor(float[][] series, Shape shape, int length) {
    for (int row = 0; row < series.length; row++) {
      if (series[row].length != length) {
        throw new IllegalArgumentException(
            "series %s: expected length %s, found %s".formatted(row, length, series[row].length));
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
