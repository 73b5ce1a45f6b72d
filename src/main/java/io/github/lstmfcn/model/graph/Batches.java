package io.github.lstmfcn.model.graph;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.model.AttentionScope;
import io.github.lstmfcn.model.ClassScores;
import io.github.lstmfcn.model.ModelSpec;
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

  private static final int STEPS_OF_A_PART = 1 << 12;

  private Batches() {}

  /**
   * The number of series of a length to run at once. From about 4,000 steps per batch on, a series
   * does not take less time in a larger batch, while memory still grows with it. The measurements
   * are in {@code docs/performance.md}.
   *
   * @return {@link #ORIGINAL_SIZE} up to length 128, then fewer, at least 8
   */
  static int size(int length) {
    return Math.max(FEWEST, Math.min(ORIGINAL_SIZE, STEPS / length));
  }

  /**
   * The number of series of a length that a thread runs at once, so that their activations stay in
   * its cache. The measurements are in {@code docs/performance.md}.
   *
   * @return 4,096 steps over all of them, at least one series
   */
  public static int sizeOfPart(int length) {
    return Math.max(1, STEPS_OF_A_PART / length);
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
    return rows(
        results(
            series.length,
            batchSize,
            Callers.ALONE,
            (start, end) -> function.apply(Arrays.copyOfRange(series, start, end))),
        rows -> rows);
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
    return scores(series, batchSize, Callers.ALONE, network);
  }

  /** As {@link #scores(float[][], int, Function)}, several batches at a time. */
  static ClassScores scores(
      float[][] series, int batchSize, Callers callers, Function<float[][], ClassScores> network) {
    List<ClassScores> answers =
        results(
            series.length,
            batchSize,
            callers,
            (start, end) -> network.apply(Arrays.copyOfRange(series, start, end)));
    return new ClassScores(
        rows(answers, ClassScores::logits),
        Predictor.checked(rows(answers, ClassScores::probabilities)));
  }

  private static <R> float[][] rows(List<R> batches, Function<R, float[][]> matrix) {
    return batches.stream().map(matrix).flatMap(Arrays::stream).toArray(float[][]::new);
  }

  /**
   * What is computed of the series of a batch.
   *
   * @param <R> the result
   */
  public interface Computation<R> {
    /**
     * Computes.
     *
     * @param start the number of the first series, from 0
     * @param end the number behind that of the last series
     */
    R of(int start, int end);
  }

  /**
   * Computes batch by batch, as many at a time as there are callers.
   *
   * @param series the number of series
   * @return the results, in the order of the batches
   * @throws IllegalArgumentException if the batch size is not positive
   */
  public static <R> List<R> results(
      int series, int batchSize, Callers callers, Computation<R> batch) {
    if (batchSize < 1) {
      throw new IllegalArgumentException("expected a positive batch size, found " + batchSize);
    }
    return callers.results(
        (int) (((long) series + batchSize - 1) / batchSize),
        number -> {
          int start = number * batchSize;
          return batch.of(start, (int) Math.min(series, (long) start + batchSize));
        });
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
