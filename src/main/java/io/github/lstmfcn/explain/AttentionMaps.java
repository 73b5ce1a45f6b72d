package io.github.lstmfcn.explain;

import io.github.lstmfcn.model.AttentionScope;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.graph.Batches;
import io.github.lstmfcn.model.graph.LayerOutput;
import io.github.lstmfcn.model.graph.LstmFcnSession;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Computes what the attention of a model looks at. Of use for recurrent layers of several steps,
 * which multivariate networks and networks over steps have; the attention over the single step of a
 * univariate network is 1. Safe for use by several threads; holds native memory until closed.
 */
public final class AttentionMaps implements AutoCloseable {
  /** The number of fetched values of a batch: 16 MB. */
  private static final int VALUES = 1 << 22;

  private final LstmFcnSession session;
  private final int steps;
  private final int features;
  private final boolean masking;

  private AttentionMaps(ModelWeights weights) {
    ModelSpec spec = weights.spec();
    steps = spec.recurrentSteps();
    features = spec.recurrentFeatures();
    masking = spec.recurrent().masking();
    session = new LstmFcnSession(weights);
  }

  /**
   * Opens a model with attention.
   *
   * @param weights the weights of the model
   * @return the maps, which the caller closes
   * @throws IllegalArgumentException if the model has no attention, or one that sums across the
   *     batch
   */
  public static AttentionMaps of(ModelWeights weights) {
    ModelSpec spec = weights.spec();
    if (!spec.hasAttention() || spec.attentionScope() != AttentionScope.PER_SERIES) {
      throw new IllegalArgumentException(
          "expected a network with attention per series, found " + spec);
    }
    return new AttentionMaps(weights);
  }

  /**
   * Computes the maps of series, batch by batch while the stream is read.
   *
   * @param series float32 {@code [N][variables × length]}, variables one after another
   * @return one map per series, in their order
   * @throws IllegalArgumentException if a series has another size
   */
  public Stream<AttentionMap> explain(float[][] series) {
    return batches(series)
        .flatMap(
            batch -> {
              Fetched fetched = fetch(batch, List.of("lstm_input", "attention"));
              float[] input = fetched.values("lstm_input"); // (N, steps, features)
              float[] attended = fetched.values("attention"); // (N, steps, features)
              return IntStream.range(0, batch.length)
                  .mapToObj(
                      row ->
                          new AttentionMap(
                              matrix(fetched.values("alpha"), row, steps),
                              fetched.masked(row),
                              matrix(input, row, features),
                              matrix(attended, row, features)));
            });
  }

  /**
   * Computes the mean of the attention for each class.
   *
   * @param series float32 {@code [≥ 1][variables × length]}, variables one after another
   * @param truth the class of each series, from 0
   * @return one mean per class of the model, in their order
   * @throws IllegalArgumentException if there is no series, one has another size, or there is not
   *     exactly one class of the model per series
   */
  public List<MeanAttention> means(float[][] series, int[] truth) {
    int classes = session.classes();
    Expected.series(series);
    Expected.classes(series, truth, classes);
    double[][][] sums = new double[classes][steps][steps];
    int[][] taken = new int[classes][steps];
    int[] count = new int[classes];
    int next = 0;
    for (float[][] batch : (Iterable<float[][]>) batches(series)::iterator) {
      Fetched fetched = fetch(batch, List.of());
      for (int row = 0; row < batch.length; row++, next++) {
        count[truth[next]]++;
        fetched.addTo(sums[truth[next]], taken[truth[next]], row);
      }
    }
    List<MeanAttention> means = new ArrayList<>();
    for (int k = 0; k < classes; k++) {
      means.add(new MeanAttention(count[k], means(sums[k], taken[k]), taken[k]));
    }
    return means;
  }

  /** NaN, which is 0 / 0, where nothing was added. */
  private static float[][] means(double[][] sums, int[] counts) {
    float[][] means = new float[sums.length][sums.length];
    for (int row = 0; row < sums.length; row++) {
      for (int column = 0; column < sums.length; column++) {
        means[row][column] = (float) (sums[row][column] / counts[row]);
      }
    }
    return means;
  }

  private Stream<float[][]> batches(float[][] series) {
    long values = (long) steps * (steps + 2L * features);
    int size = (int) Math.max(1, Math.min(Batches.ORIGINAL_SIZE, VALUES / values));
    return IntStream.iterate(0, start -> start < series.length, start -> start + size)
        .mapToObj(
            start -> Arrays.copyOfRange(series, start, Math.min(series.length, start + size)));
  }

  private Fetched fetch(float[][] batch, List<String> more) {
    List<String> layers = new ArrayList<>(List.of("alpha")); // (N, steps, steps)
    layers.addAll(more);
    if (masking) {
      layers.add("mask"); // (N, steps)
    }
    return new Fetched(session.fetch(batch, layers), steps);
  }

  /** Outputs of layers for a batch. */
  private record Fetched(Map<String, LayerOutput> outputs, int steps) {
    float[] values(String layer) {
      return outputs.get(layer).values();
    }

    boolean[] masked(int row) {
      boolean[] masked = new boolean[steps];
      LayerOutput mask = outputs.get("mask");
      for (int step = 0; step < steps && mask != null; step++) {
        masked[step] = mask.values()[row * steps + step] == 0;
      }
      return masked;
    }

    void addTo(double[][] sums, int[] taken, int row) {
      float[] alpha = values("alpha");
      boolean[] masked = masked(row);
      for (int step = 0; step < steps; step++) {
        if (!masked[step]) {
          taken[step]++;
          for (int column = 0; column < steps; column++) {
            sums[step][column] += alpha[(row * steps + step) * steps + column];
          }
        }
      }
    }
  }

  /** The values of one series as {@code [steps][columns]}. */
  private float[][] matrix(float[] values, int series, int columns) {
    float[][] matrix = new float[steps][];
    for (int step = 0; step < steps; step++) {
      int from = (series * steps + step) * columns;
      matrix[step] = Arrays.copyOfRange(values, from, from + columns);
    }
    return matrix;
  }

  /** Frees the native memory, after computations in progress have ended. */
  @Override
  public void close() {
    session.close();
  }
}
