package io.github.lstmfcn.explain;

import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.graph.Batches;
import io.github.lstmfcn.model.graph.LayerOutput;
import io.github.lstmfcn.model.graph.LstmFcnSession;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The input of the dense layer for series: the outputs of the recurrent branch, then those of the
 * convolutional branch, as far as the network has them.
 *
 * @param cells the number of values of the recurrent branch; 0 without one
 * @param values float32 {@code [N][cells + channels]}
 * @param probabilities float32 {@code [N][classes]}
 */
public record Features(int cells, float[][] values, float[][] probabilities) {
  /**
   * Computes the features of series, in batches of 128 in their order.
   *
   * @param weights the weights of the model
   * @param series float32 {@code [≥ 1][variables × length]}, variables one after another
   * @return the features, one row per series
   * @throws IllegalArgumentException if there is no series or one has another size
   */
  public static Features of(ModelWeights weights, float[][] series) {
    Expected.series(series);
    try (LstmFcnSession session = new LstmFcnSession(weights)) {
      return of(session, series);
    }
  }

  private static Features of(LstmFcnSession session, float[][] series) {
    float[][] values = new float[series.length][];
    float[][] probabilities = new float[series.length][];
    String features = features(session.spec());
    for (int start = 0; start < series.length; start += Batches.ORIGINAL_SIZE) {
      float[][] batch =
          Arrays.copyOfRange(series, start, Math.min(series.length, start + Batches.ORIGINAL_SIZE));
      Map<String, LayerOutput> outputs = session.fetch(batch, List.of(features, "probabilities"));
      System.arraycopy(outputs.get(features).rows(), 0, values, start, batch.length);
      System.arraycopy(outputs.get("probabilities").rows(), 0, probabilities, start, batch.length);
    }
    return new Features(session.spec().cells(), values, probabilities);
  }

  /** The name of the dense layer's input: of both branches, or of the only one. */
  private static String features(ModelSpec spec) {
    if (spec.recurrent() == null) {
      return "gap";
    }
    return spec.blocks().isEmpty() ? "lstm" : "concat";
  }

  /**
   * Checks that there are values.
   *
   * @param cells the component {@code cells}
   * @param values the component {@code values}
   * @param probabilities the component {@code probabilities}
   * @throws IllegalArgumentException if there is no series
   */
  public Features {
    Expected.series(values);
  }

  /** {@return the names of the values, {@code lstm_0} to {@code conv_127}} */
  public List<String> names() {
    return java.util.stream.IntStream.range(0, values[0].length)
        .mapToObj(index -> index < cells ? "lstm_" + index : "conv_" + (index - cells))
        .toList();
  }
}
