package io.github.lstmfcn.model.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lstmfcn.model.AttentionScope;
import io.github.lstmfcn.model.GateActivation;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.WeightArray;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FoldedWeightsTest {
  private static final int LENGTH = 2;

  /** One cell: a row of gates is i, f, g, o. */
  private static ModelWeights weights(ModelKind kind, AttentionScope scope) {
    ModelSpec spec = new ModelSpec(kind, 1, LENGTH, 2, GateActivation.SIGMOID, scope);
    Map<String, WeightArray> arrays = new LinkedHashMap<>();
    ModelWeights.shapes(spec)
        .forEach(
            (name, shape) -> {
              float[] values = new float[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
              Arrays.fill(values, value(name));
              arrays.put(name, new WeightArray(shape, values));
            });
    put(arrays, "lstm/kernel", 1, 2, 3, 4, 5, 6, 7, 8);
    put(arrays, "lstm/bias", -1, -2, -3, -4);
    if (kind == ModelKind.ALSTM_FCN) {
      put(arrays, "lstm/attention_kernel", 10, 20, 30, 40, 50, 60, 70, 80);
    }
    return new ModelWeights(spec, arrays);
  }

  private static float value(String name) {
    return switch (name.substring(name.indexOf('/') + 1)) {
      case "kernel" -> 1.5f;
      case "bias" -> 3;
      case "gamma" -> 2;
      case "beta" -> 0.5f;
      case "moving_mean" -> 1;
      case "moving_variance" -> 0.249f; // with the epsilon of .001 a deviation of a half
      default -> 0;
    };
  }

  private static void put(Map<String, WeightArray> arrays, String name, float... values) {
    arrays.put(name, new WeightArray(arrays.get(name).shape(), values));
  }

  private static float[] folded(ModelKind kind, AttentionScope scope, String name) {
    return FoldedWeights.of(weights(kind, scope)).arrays().get(name).values();
  }

  @Test
  void aConvolutionTakesItsNormalizationIn() {
    float[] kernel = folded(ModelKind.LSTM_FCN, AttentionScope.PER_SERIES, "conv2/kernel");
    float[] bias = folded(ModelKind.LSTM_FCN, AttentionScope.PER_SERIES, "conv2/bias");
    assertThat(kernel).hasSize(5 * 128 * 256).containsOnly(1.5f * 4);
    assertThat(bias).hasSize(256).containsOnly((3 - 1) * 4 + 0.5f);
  }

  @Test
  void theForgetGateIsGone() {
    assertThat(folded(ModelKind.LSTM_FCN, AttentionScope.PER_SERIES, "lstm/kernel"))
        .containsExactly(1, 3, 4, 5, 7, 8);
    assertThat(folded(ModelKind.LSTM_FCN, AttentionScope.PER_SERIES, "lstm/bias"))
        .containsExactly(-1, -3, -4);
  }

  @Test
  void attentionOverOneStepJoinsTheKernel() {
    assertThat(folded(ModelKind.ALSTM_FCN, AttentionScope.PER_SERIES, "lstm/kernel"))
        .containsExactly(11, 33, 44, 55, 77, 88);
  }

  @Test
  void attentionAcrossTheBatchKeepsAKernelOfItsOwn() {
    assertThat(folded(ModelKind.ALSTM_FCN, AttentionScope.ACROSS_BATCH, "lstm/kernel"))
        .containsExactly(1, 3, 4, 5, 7, 8);
    assertThat(folded(ModelKind.ALSTM_FCN, AttentionScope.ACROSS_BATCH, "lstm/attention_kernel"))
        .containsExactly(10, 30, 40, 50, 70, 80);
  }
}
