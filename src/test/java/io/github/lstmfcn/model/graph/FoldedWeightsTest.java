package io.github.lstmfcn.model.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
  private static ModelWeights weights(
      ModelKind kind, AttentionScope scope, GateActivation activation) {
    ModelSpec spec = new ModelSpec(kind, 1, LENGTH, 2, activation, scope);
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
    ModelWeights weights = weights(kind, scope, GateActivation.SIGMOID);
    return FoldedWeights.of(weights).arrays().get(name).values();
  }

  @Test
  void aConvolutionTakesItsNormalizationIn() {
    float[] kernel = folded(ModelKind.LSTM_FCN, AttentionScope.PER_SERIES, "conv2/kernel");
    float[] bias = folded(ModelKind.LSTM_FCN, AttentionScope.PER_SERIES, "conv2/bias");
    assertThat(kernel).hasSize(5 * 128 * 256).containsOnly(1.5f * 4);
    assertThat(bias).hasSize(256).containsOnly((3 - 1) * 4 + 0.5f);
  }

  @Test
  void theForgetGateIsGoneAndTheCandidateLast() {
    assertThat(folded(ModelKind.LSTM_FCN, AttentionScope.PER_SERIES, "lstm/kernel"))
        .containsExactly(1, 4, 3, 5, 8, 7);
    assertThat(folded(ModelKind.LSTM_FCN, AttentionScope.PER_SERIES, "lstm/bias"))
        .containsExactly(-1, -4, -3);
  }

  @Test
  void attentionOverOneStepJoinsTheKernel() {
    assertThat(folded(ModelKind.ALSTM_FCN, AttentionScope.PER_SERIES, "lstm/kernel"))
        .containsExactly(11, 44, 33, 55, 88, 77);
  }

  @Test
  void attentionAcrossTheBatchKeepsAKernelOfItsOwn() {
    assertThat(folded(ModelKind.ALSTM_FCN, AttentionScope.ACROSS_BATCH, "lstm/kernel"))
        .containsExactly(1, 4, 3, 5, 8, 7);
    assertThat(folded(ModelKind.ALSTM_FCN, AttentionScope.ACROSS_BATCH, "lstm/attention_kernel"))
        .containsExactly(10, 40, 30, 50, 80, 70);
  }

  @Test
  void hardGatesAreScaledToWhatIsClippedAndTheCandidateIsNot() {
    Map<String, WeightArray> folded =
        FoldedWeights.of(
                weights(
                    ModelKind.ALSTM_FCN, AttentionScope.ACROSS_BATCH, GateActivation.HARD_SIGMOID))
            .arrays();

    assertThat(folded.get("lstm/kernel").values()).containsExactly(0.2f, 0.8f, 3, 1, 1.6f, 7);
    assertThat(folded.get("lstm/bias").values()).containsExactly(0.3f, -0.3f, -3);
    assertThat(folded.get("lstm/attention_kernel").values()).containsExactly(2, 8, 30, 10, 16, 70);
  }

  @Test
  void arraysOfOtherNamesOrShapesAreRefused() {
    ModelWeights weights =
        weights(ModelKind.LSTM_FCN, AttentionScope.PER_SERIES, GateActivation.SIGMOID);
    Map<String, WeightArray> arrays = new LinkedHashMap<>(FoldedWeights.of(weights).arrays());
    arrays.put("lstm/bias", weights.arrays().get("lstm/bias"));

    assertThatThrownBy(() -> new FoldedWeights(weights.spec(), arrays))
        .hasMessage("expected shape [3] of lstm/bias, found [4]");
    assertThatThrownBy(() -> new FoldedWeights(weights.spec(), weights.arrays()))
        .hasMessageStartingWith("expected arrays [conv1/kernel, conv1/bias, conv2/kernel");
  }
}
