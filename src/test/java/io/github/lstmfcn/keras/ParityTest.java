package io.github.lstmfcn.keras;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lstmfcn.model.AttentionScope;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.graph.LayerOutput;
import io.github.lstmfcn.model.graph.LstmFcnSession;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every output beside what the original stack computed; a new folder is a new test. */
@Tag("real-data")
class ParityTest {
  private static final double LAYER_TOLERANCE = 1e-4;
  private static final double PROBABILITY_TOLERANCE = 1e-5;

  /** The layers that references have of every series. */
  private static final List<String> LAYERS =
      List.of(
          "mask",
          "lstm",
          "gap",
          "logits",
          "se1_squeeze",
          "se1_reduced",
          "se1_scale",
          "se2_squeeze",
          "se2_reduced",
          "se2_scale");

  /** The layers that references have of the first two series. */
  private static final List<String> LAYERS_OF_TWO =
      List.of(
          "masked_input",
          "subsampled",
          "lstm_steps",
          "conv1",
          "bn1",
          "relu1",
          "se1_output",
          "conv2",
          "bn2",
          "relu2",
          "se2_output",
          "conv3",
          "bn3",
          "relu3");

  /** The mask multiplies what is 0 anyway. */
  private static final Map<String, String> OWN_NAMES =
      Map.of("masked_input", "lstm_input", "subsampled", "lstm_input");

  /** The 2019 references' layers and probabilities were fetched in these batches. */
  private static final int LAYER_BATCH = 64;

  private static final int PROBABILITY_BATCH = 128;

  static java.util.stream.Stream<ReferenceCase> all() {
    return ReferenceCase.all();
  }

  private static ModelWeights weights(ReferenceCase reference) {
    return reference
        .file()
        .weights(null, reference.acrossBatch() ? AttentionScope.ACROSS_BATCH : null);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("all")
  void everyLayerIsTheOriginals(ReferenceCase reference) {
    float[][] series = reference.series();
    try (LstmFcnSession session = new LstmFcnSession(weights(reference))) {
      for (String layer : reference.layers(LAYERS)) {
        assertClose(layer, batches(session, series, layer), reference.floats(layer));
      }
      float[][] firstTwo = Arrays.copyOf(series, 2);
      for (String layer : reference.layers(LAYERS_OF_TWO)) {
        String own = OWN_NAMES.getOrDefault(layer, layer);
        LayerOutput output = session.fetch(firstTwo, List.of(own)).get(own);
        assertThat(output.shape()).as(layer).isEqualTo(reference.shape(layer));
        assertClose(layer, output.values(), reference.floats(layer));
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("all")
  void probabilitiesClassesAndCountAreTheOriginals(ReferenceCase reference) {
    float[][] series = reference.series();
    float[] expected = reference.floats("probabilities");
    int[] labels = reference.labels();
    try (LstmFcnSession session = new LstmFcnSession(weights(reference))) {
      float[][] probabilities = session.probabilities(series, PROBABILITY_BATCH);
      int classes = session.spec().classes();
      int correct = 0;
      for (int row = 0; row < series.length; row++) {
        float[] original = Arrays.copyOfRange(expected, row * classes, (row + 1) * classes);
        for (int k = 0; k < classes; k++) {
          assertThat((double) probabilities[row][k])
              .as("sample %d, class %d", row, k)
              .isCloseTo(original[k], org.assertj.core.data.Offset.offset(PROBABILITY_TOLERANCE));
        }
        assertThat(best(probabilities[row])).as("sample %d", row).isEqualTo(best(original));
        correct += best(probabilities[row]) == labels[row] ? 1 : 0;
      }
      assertThat(correct).isEqualTo(reference.facts().get("correct").asInt());
    }
  }

  static java.util.stream.Stream<ReferenceCase> acrossBatch() {
    return ReferenceCase.all().filter(ReferenceCase::acrossBatch);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("acrossBatch")
  void attentionPerSeriesMissesWhatTheCellOf2019Computed(ReferenceCase reference) {
    float[][] series = reference.series();
    float[] expected = reference.floats("probabilities");
    ModelWeights across = weights(reference);
    try (LstmFcnSession perSeries =
            new LstmFcnSession(across.with(across.spec().with(AttentionScope.PER_SERIES)));
        LstmFcnSession acrossBatch = new LstmFcnSession(across)) {
      assertThat(largestDifference(perSeries.probabilities(series, PROBABILITY_BATCH), expected))
          .isGreaterThan(1e-2);
      assertThat(largestDifference(acrossBatch.probabilities(series, PROBABILITY_BATCH), expected))
          .isLessThan(PROBABILITY_TOLERANCE);

      float[][] few = Arrays.copyOf(series, 20);
      float[] alone = flat(perSeries.probabilities(few, 1));
      assertThat(largestDifference(acrossBatch.probabilities(few, 1), alone))
          .as("batches of one")
          .isLessThan(1e-6);
    }
  }

  private static float[] flat(float[][] rows) {
    float[] flat = new float[rows.length * rows[0].length];
    for (int row = 0; row < rows.length; row++) {
      System.arraycopy(rows[row], 0, flat, row * rows[0].length, rows[0].length);
    }
    return flat;
  }

  private static double largestDifference(float[][] rows, float[] expected) {
    float[] found = flat(rows);
    assertThat(found).hasSameSizeAs(expected);
    double largest = 0;
    for (int index = 0; index < found.length; index++) {
      largest = Math.max(largest, Math.abs(found[index] - expected[index]));
    }
    return largest;
  }

  private static float[] batches(LstmFcnSession session, float[][] series, String layer) {
    List<float[]> parts = new ArrayList<>();
    for (int start = 0; start < series.length; start += LAYER_BATCH) {
      float[][] batch =
          Arrays.copyOfRange(series, start, Math.min(series.length, start + LAYER_BATCH));
      Map<String, LayerOutput> outputs = session.fetch(batch, List.of(layer));
      parts.add(outputs.get(layer).values());
    }
    float[] all = new float[parts.stream().mapToInt(part -> part.length).sum()];
    int offset = 0;
    for (float[] part : parts) {
      System.arraycopy(part, 0, all, offset, part.length);
      offset += part.length;
    }
    return all;
  }

  static java.util.stream.Stream<ReferenceCase> multivariate() {
    return ReferenceCase.all().filter(reference -> reference.shape("input")[1] > 1);
  }

  /** What the original's {@code return_attention} gives: alpha of the last step, times x. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("multivariate")
  void theAttentionOfTheLastStepIsTheOriginals(ReferenceCase reference) {
    float[] expected = reference.floats("attention_upstream");
    ModelWeights weights = weights(reference);
    if (expected != null) {
      assertThat(weights.spec().hasAttention()).isTrue();
      try (LstmFcnSession session = new LstmFcnSession(weights)) {
        float[][] firstTwo = Arrays.copyOf(reference.series(), 2);
        LayerOutput output = session.fetch(firstTwo, List.of("attention")).get("attention");
        assertThat(output.shape()).isEqualTo(reference.shape("attention_upstream"));
        assertClose("attention", output.values(), expected);
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("multivariate")
  void theBatchDoesNotMatterToAMultivariateNetwork(ReferenceCase reference) {
    float[][] series = Arrays.copyOf(reference.series(), 15);
    try (LstmFcnSession session = new LstmFcnSession(weights(reference))) {
      float[] whole = flat(session.probabilities(series, PROBABILITY_BATCH));
      assertThat(largestDifference(session.probabilities(series, 1), whole)).isLessThan(2e-6);
      assertThat(largestDifference(session.probabilities(series, 7), whole)).isLessThan(2e-6);
    }
  }

  private static void assertClose(String layer, float[] actual, float[] expected) {
    assertThat(actual).as(layer).hasSameSizeAs(expected);
    for (int index = 0; index < actual.length; index++) {
      double allowed = LAYER_TOLERANCE * (1 + Math.abs(expected[index]));
      if (!(Math.abs(actual[index] - expected[index]) <= allowed)) {
        throw new AssertionError(
            "%s[%s]: expected %s, found %s"
                .formatted(layer, index, expected[index], actual[index]));
      }
    }
  }

  private static int best(float[] row) {
    int best = 0;
    for (int k = 1; k < row.length; k++) {
      best = row[k] > row[best] ? k : best;
    }
    return best;
  }
}
