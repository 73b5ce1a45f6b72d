package io.github.lstmfcn.model.graph;

import io.github.lstmfcn.model.AttentionScope;
import io.github.lstmfcn.model.ConvolutionBlock;
import io.github.lstmfcn.model.GateActivation;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.WeightArray;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Models whose weights come from a seed. */
public final class RandomWeights {
  private RandomWeights() {}

  /** Gaussian weights, large enough that hard gates saturate at both ends; variances positive. */
  public static ModelWeights of(ModelSpec spec, long seed) {
    Random random = new Random(seed);
    Map<String, WeightArray> arrays = new LinkedHashMap<>();
    ModelWeights.shapes(spec)
        .forEach(
            (name, shape) -> {
              float scale = name.startsWith("lstm/") ? 0.8f : 0.1f;
              int size = 1;
              for (int dimension : shape) {
                size *= dimension;
              }
              float[] values = new float[size];
              for (int index = 0; index < size; index++) {
                float value = scale * (float) random.nextGaussian();
                values[index] = name.endsWith("moving_variance") ? 0.5f + Math.abs(value) : value;
              }
              arrays.put(name, new WeightArray(shape, values));
            });
    return new ModelWeights(spec, arrays);
  }

  /** A small model of a kind, hard gates, attention per series. */
  public static ModelWeights small(ModelKind kind, int cells, int length, int classes) {
    return of(kind, cells, length, classes, 1);
  }

  /** A small LSTM-FCN of other convolution blocks. */
  public static ModelWeights of(List<ConvolutionBlock> blocks, int length) {
    return of(
        new ModelSpec(
                ModelKind.LSTM_FCN,
                3,
                length,
                4,
                GateActivation.HARD_SIGMOID,
                AttentionScope.PER_SERIES)
            .with(blocks),
        1);
  }

  /** The same of another seed. */
  public static ModelWeights of(ModelKind kind, int cells, int length, int classes, long seed) {
    return of(
        new ModelSpec(
            kind, cells, length, classes, GateActivation.HARD_SIGMOID, AttentionScope.PER_SERIES),
        seed);
  }

  /** Gaussian series, {@code [count][length]}. */
  public static float[][] series(int count, int length, long seed) {
    Random random = new Random(seed);
    float[][] series = new float[count][length];
    for (float[] row : series) {
      for (int step = 0; step < length; step++) {
        row[step] = (float) random.nextGaussian();
      }
    }
    return series;
  }

  /** The same model with one array changed. */
  public static ModelWeights with(ModelWeights weights, String name, float[] values) {
    Map<String, WeightArray> arrays = new LinkedHashMap<>(weights.arrays());
    arrays.put(name, new WeightArray(weights.arrays().get(name).shape(), values));
    return new ModelWeights(weights.spec(), arrays);
  }
}
