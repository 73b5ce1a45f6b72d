package io.github.lstmfcn.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lstmfcn.model.graph.RandomWeights;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelWeightsTest {
  private static final ModelWeights WEIGHTS = RandomWeights.small(ModelKind.ALSTM_FCN, 4, 16, 3);

  @Test
  void listsTheArraysInTheOrderOfTheFiles() {
    assertThat(WEIGHTS.arrays().keySet())
        .startsWith(
            "conv1/kernel",
            "conv1/bias",
            "bn1/gamma",
            "bn1/beta",
            "bn1/moving_mean",
            "bn1/moving_variance",
            "conv2/kernel")
        .endsWith(
            "lstm/kernel",
            "lstm/recurrent_kernel",
            "lstm/attention_kernel",
            "lstm/attention_W",
            "lstm/attention_U",
            "lstm/bias",
            "lstm/attention_b",
            "lstm/attention_v",
            "dense/kernel",
            "dense/bias");
  }

  @Test
  void countsWhatKerasCounts() {
    // Keras' summary of the LSTM-FCN of 8 cells for CBF (128 steps, 3 classes).
    long convolutions = (8 * 128 + 128) + (5 * 128 * 256 + 256) + (3 * 256 * 128 + 128);
    long normalizations = 4 * (128 + 256 + 128);
    long lstm = 4 * 8 * (128 + 8 + 1);
    long dense = (8 + 128) * 3 + 3;

    assertThat(RandomWeights.small(ModelKind.LSTM_FCN, 8, 128, 3).parameters())
        .isEqualTo(convolutions + normalizations + lstm + dense);
  }

  @Test
  void refusesAMissingAndAnUnknownArray() {
    Map<String, WeightArray> missing = new LinkedHashMap<>(WEIGHTS.arrays());
    WeightArray bias = missing.remove("dense/bias");
    assertRefused(missing, "dense/bias");
    Map<String, WeightArray> unknown = new LinkedHashMap<>(WEIGHTS.arrays());
    unknown.put("dense/scale", bias);
    assertRefused(unknown, "dense/scale");
  }

  @Test
  void refusesAnotherShape() {
    Map<String, WeightArray> arrays = new LinkedHashMap<>(WEIGHTS.arrays());
    arrays.put("dense/bias", new WeightArray(new int[] {1, 3}, new float[3]));

    assertRefused(arrays, "expected shape [3] of dense/bias, found [1, 3]");
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void refusesWhatIsNotFinite(float value) {
    assertThatThrownBy(() -> RandomWeights.with(WEIGHTS, "dense/bias", new float[] {0, value, 0}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected finite weights in dense/bias, found " + value);
  }

  @Test
  void keepsNoTieToTheMapItWasMadeFrom() {
    Map<String, WeightArray> arrays = new LinkedHashMap<>(WEIGHTS.arrays());
    ModelWeights weights = new ModelWeights(WEIGHTS.spec(), arrays);
    arrays.clear();

    assertThat(weights.arrays()).hasSize(28);
    assertThatThrownBy(() -> weights.arrays().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void anArrayHoldsAsManyValuesAsItsShapeSays() {
    for (int[] shape :
        List.of(new int[] {2, 3}, new int[] {-1, -5}, new int[] {1 << 16, 1 << 16})) {
      assertThatThrownBy(() -> new WeightArray(shape, new float[5]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("found 5");
    }
  }

  private static void assertRefused(Map<String, WeightArray> arrays, String message) {
    assertThatThrownBy(() -> new ModelWeights(WEIGHTS.spec(), arrays))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
