package io.github.lstmfcn.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lstmfcn.model.AttentionScope;
import io.github.lstmfcn.model.Convolutions;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.graph.LayerOutput;
import io.github.lstmfcn.model.graph.LstmFcnSession;
import io.github.lstmfcn.model.graph.Predictor;
import io.github.lstmfcn.model.graph.Threads;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The folded graph beside the exact one, for every reference; a new folder is a new test. */
@Tag("real-data")
class FoldedParityTest {
  private static final float TOLERANCE = 1e-5f;
  private static final int BATCH = 128;
  private static final int LAYER_BATCH = 16;
  private static final List<String> LAYERS = List.of("lstm", "gap", "concat", "logits");

  static Stream<ReferenceCase> all() {
    return ReferenceCase.all();
  }

  private static ModelWeights weights(ReferenceCase reference, AttentionScope scope) {
    return reference.file().weights(null, scope);
  }

  private static ModelWeights weights(ReferenceCase reference) {
    return weights(reference, reference.acrossBatch() ? AttentionScope.ACROSS_BATCH : null);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("all")
  void answersAndCountAreTheExactGraphs(ReferenceCase reference) {
    float[][] series = reference.series();
    int[] labels = reference.labels();
    ModelWeights weights = weights(reference);
    try (LstmFcnSession exact = new LstmFcnSession(weights);
        LstmFcnSession plain =
            LstmFcnSession.folded(weights, Convolutions.DIRECT, Threads.DEFAULT);
        LstmFcnSession filtered =
            LstmFcnSession.folded(weights, Convolutions.WINOGRAD_6, Threads.DEFAULT)) {
      float[][] expected = exact.probabilities(series, BATCH);
      for (LstmFcnSession folded : List.of(plain, filtered)) {
        float[][] found = folded.probabilities(series, BATCH);
        int correct = 0;
        for (int row = 0; row < series.length; row++) {
          assertThat(largestDifference(found[row], expected[row]))
              .as("sample %d", row)
              .isLessThan(TOLERANCE);
          assertThat(Predictor.mostProbable(found[row]))
              .as("sample %d", row)
              .isEqualTo(Predictor.mostProbable(expected[row]));
          correct += Predictor.mostProbable(found[row]) == labels[row] ? 1 : 0;
        }
        assertThat(correct).isEqualTo(reference.facts().get("correct").asInt());
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("all")
  void theLayersThatItHasAreTheExactGraphsInEitherScope(ReferenceCase reference) {
    ModelWeights weights = weights(reference, AttentionScope.PER_SERIES);
    for (Convolutions convolutions : Convolutions.values()) {
      assertSameLayers(weights, convolutions, reference.series());
      if (weights.spec().kind() == ModelKind.ALSTM_FCN && weights.spec().variables() == 1) {
        ModelSpec across = weights.spec().with(AttentionScope.ACROSS_BATCH);
        assertSameLayers(weights.with(across), convolutions, reference.series());
      }
    }
  }

  private static void assertSameLayers(
      ModelWeights weights, Convolutions convolutions, float[][] series) {
    float[][] batch = Arrays.copyOf(series, LAYER_BATCH);
    try (LstmFcnSession exact = new LstmFcnSession(weights);
        LstmFcnSession folded = LstmFcnSession.folded(weights, convolutions, Threads.DEFAULT)) {
      Map<String, LayerOutput> expected = exact.fetch(batch, LAYERS);
      Map<String, LayerOutput> found = folded.fetch(batch, LAYERS);
      for (String layer : LAYERS) {
        assertThat(found.get(layer).shape()).as(layer).isEqualTo(expected.get(layer).shape());
        float[] values = expected.get(layer).values();
        assertThat(largestDifference(found.get(layer).values(), values))
            .as(layer)
            .isLessThan(TOLERANCE * (1 + largest(values)));
      }
    }
  }

  @Test
  void refusesALayerThatWasFoldedAway() {
    ReferenceCase reference = ReferenceCase.of("2017-lstmfcn-8-CBF", "weights.h5");
    float[][] one = Arrays.copyOf(reference.series(), 1);
    try (LstmFcnSession folded =
        LstmFcnSession.folded(weights(reference), Convolutions.DIRECT, Threads.DEFAULT)) {
      assertThatThrownBy(() -> folded.fetch(one, List.of("bn1")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("bn1");
    }
  }

  private static float largestDifference(float[] found, float[] expected) {
    assertThat(found).hasSameSizeAs(expected);
    float largest = 0;
    for (int index = 0; index < found.length; index++) {
      largest = Math.max(largest, Math.abs(found[index] - expected[index]));
    }
    return largest;
  }

  private static float largest(float[] values) {
    float largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }
}
