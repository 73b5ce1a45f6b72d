package io.github.lstmfcn.explain;

import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.graph.Batches;
import io.github.lstmfcn.model.graph.LstmFcnSession;
import java.util.Arrays;
import java.util.List;

/**
 * The context of a univariate ALSTM-FCN's attention as the original code shows it; the attention of
 * recurrent layers of several steps is in {@link AttentionMaps}. Its two releases show different
 * things, and neither tells where in a series the network looks: the recurrent layer sees the
 * series as one step, and the attention over one step is 1.
 *
 * @param attention float32 {@code [N][…]}: the layer's values from which the context is derived
 * @param context float32 {@code [N][length]}: the context, one factor per step; 0 where all values
 *     are equal, in which case the original code divides by zero
 * @param attended float32 {@code [N][length]}: the series times the context
 */
public record AttentionContext(float[][] attention, float[][] context, float[][] attended) {

  /**
   * Whether a network has such a context.
   *
   * @param spec the specification of the network
   * @return whether it has attention and takes a univariate series as one step
   */
  public static boolean existsFor(ModelSpec spec) {
    return spec.hasAttention()
        && spec.variables() == 1
        && spec.recurrentSteps() == 1
        && spec.recurrentFeatures() == spec.length();
  }

  /**
   * The context as {@code visualize_context_vector} of 2017 shows it. The layer's weighted input is
   * the input itself, so that the context, its mean over TRAIN standardised to mean 0 and standard
   * deviation 1, shows the mean series of TRAIN and nothing of the network. It is the same for all
   * series.
   *
   * @param weights the weights of an ALSTM-FCN of one variable
   * @param series float32 {@code [N][length]}
   * @param train float32 {@code [≥ 1][length]}, the series of TRAIN
   * @return the context
   * @throws IllegalArgumentException if the model has no attention or several steps of it, there is
   *     no series of TRAIN, or a series has another length
   */
  public static AttentionContext of2017(ModelWeights weights, float[][] series, float[][] train) {
    Expected.series(train);
    expectContext(weights.spec());
    try (LstmFcnSession session = new LstmFcnSession(weights)) {
      return of2017(session, series, train);
    }
  }

  private static AttentionContext of2017(
      LstmFcnSession session, float[][] series, float[][] train) {
    float[] context = standardized(mean(weightedInput(session, train)));
    float[][] same = new float[series.length][];
    Arrays.fill(same, context);
    return new AttentionContext(weightedInput(session, series), same, product(series, same));
  }

  /**
   * The context as {@code visualize_context_vector} of 2019 shows it: the recurrent layer's output
   * of each series, alone in its batch, scaled to [-1, 1] and resampled over the steps as if its
   * cells were steps.
   *
   * @param weights the weights of an ALSTM-FCN of one variable
   * @param series float32 {@code [N][length]}
   * @return the context
   * @throws IllegalArgumentException if the model has no attention or several steps of it, or a
   *     series has another length
   */
  public static AttentionContext of2019(ModelWeights weights, float[][] series) {
    expectContext(weights.spec());
    try (LstmFcnSession session = new LstmFcnSession(weights)) {
      return of2019(session, series);
    }
  }

  private static AttentionContext of2019(LstmFcnSession session, float[][] series) {
    float[][] output =
        cellOutput(session, series, session.dependsOnBatch() ? 1 : Batches.ORIGINAL_SIZE);
    float[][] context =
        Arrays.stream(output)
            .map(cells -> Resampling.resize(scaled(cells), session.length()))
            .toArray(float[][]::new);
    return new AttentionContext(output, context, product(series, context));
  }

  private static void expectContext(ModelSpec spec) {
    if (!existsFor(spec)) {
      throw new IllegalArgumentException("expected an ALSTM-FCN of one variable, found " + spec);
    }
  }

  /** float32 {@code [N][length]}: the sum over the one step. */
  static float[][] weightedInput(LstmFcnSession session, float[][] series) {
    return fetch(session, series, "attention", Batches.ORIGINAL_SIZE);
  }

  /** float32 {@code [N][cells]}. */
  static float[][] cellOutput(LstmFcnSession session, float[][] series, int batchSize) {
    return fetch(session, series, "lstm", batchSize);
  }

  private static float[][] fetch(
      LstmFcnSession session, float[][] series, String layer, int batchSize) {
    return Batches.map(
        series,
        batchSize,
        batch -> {
          float[] values = session.fetch(batch, List.of(layer)).get(layer).values();
          int width = values.length / batch.length;
          float[][] rows = new float[batch.length][];
          for (int row = 0; row < rows.length; row++) {
            rows[row] = Arrays.copyOfRange(values, row * width, (row + 1) * width);
          }
          return rows;
        });
  }

  private static double[] mean(float[][] rows) {
    double[] mean = new double[rows[0].length];
    for (float[] row : rows) {
      for (int step = 0; step < mean.length; step++) {
        mean[step] += row[step] / (double) rows.length;
      }
    }
    return mean;
  }

  private static float[] standardized(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    double variance =
        Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
    float[] standardized = new float[values.length];
    for (int step = 0; step < values.length && variance > 0; step++) {
      standardized[step] = (float) ((values[step] - mean) / Math.sqrt(variance));
    }
    return standardized;
  }

  private static float[] scaled(float[] values) {
    float smallest = values[0];
    float largest = values[0];
    for (float value : values) {
      smallest = Math.min(smallest, value);
      largest = Math.max(largest, value);
    }
    float[] scaled = new float[values.length];
    for (int index = 0; index < values.length && smallest < largest; index++) {
      scaled[index] = 2 * (values[index] - smallest) / (largest - smallest) - 1;
    }
    return scaled;
  }

  private static float[][] product(float[][] series, float[][] context) {
    float[][] product = new float[series.length][];
    for (int row = 0; row < series.length; row++) {
      product[row] = series[row].clone();
      for (int step = 0; step < product[row].length; step++) {
        product[row][step] *= context[row][step];
      }
    }
    return product;
  }
}
