package io.github.lstmfcn.bench;

import io.github.lstmfcn.model.AttentionScope;
import io.github.lstmfcn.model.GateActivation;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.WeightArray;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A size to measure at.
 *
 * @param length steps of a series
 * @param batch series at once
 * @param cells of the LSTM
 */
record Shape(int length, int batch, int cells) {
  static final List<String> LABELS = List.of("0", "1", "2", "3", "4");

  /** From {@code 128x128x8}: length, batch, cells. */
  static Shape parse(String text) {
    int[] sizes = Arrays.stream(text.split("x")).mapToInt(Integer::parseInt).toArray();
    return new Shape(sizes[0], sizes[1], sizes[2]);
  }

  ModelSpec spec() {
    return new ModelSpec(
        ModelKind.LSTM_FCN,
        cells,
        length,
        LABELS.size(),
        GateActivation.HARD_SIGMOID,
        AttentionScope.PER_SERIES);
  }

  /** A model whose activations neither die nor grow: variance 1 / fan-in. */
  ModelWeights weights() {
    Random random = new Random(1);
    Map<String, WeightArray> arrays = new LinkedHashMap<>();
    ModelWeights.shapes(spec())
        .forEach((name, shape) -> arrays.put(name, array(name, shape, random)));
    return new ModelWeights(spec(), arrays);
  }

  private static WeightArray array(String name, int[] shape, Random random) {
    int outputs = shape[shape.length - 1];
    float[] values = new float[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    double scale = shape.length == 1 ? 0.1 : Math.sqrt((double) outputs / values.length);
    double center = name.endsWith("gamma") || name.endsWith("moving_variance") ? 1 : 0;
    for (int index = 0; index < values.length; index++) {
      // Bounded, so that a variance stays positive.
      double value = Math.max(-3, Math.min(3, random.nextGaussian()));
      values[index] = (float) (center + scale * value);
    }
    return new WeightArray(shape, values);
  }

  /** Every class in turn. */
  int[] classes() {
    return IntStream.range(0, batch).map(row -> row % LABELS.size()).toArray();
  }

  static float[] equalClassWeights() {
    float[] equal = new float[LABELS.size()];
    Arrays.fill(equal, 1);
    return equal;
  }

  /** float32 {@code [batch][length]}. */
  float[][] series() {
    Random random = new Random(2);
    float[][] series = new float[batch][length];
    for (float[] row : series) {
      for (int step = 0; step < length; step++) {
        row[step] = (float) random.nextGaussian();
      }
    }
    return series;
  }
}
