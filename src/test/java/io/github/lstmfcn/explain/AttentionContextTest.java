package io.github.lstmfcn.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.lstmfcn.keras.ReferenceCase;
import io.github.lstmfcn.model.GateActivation;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.graph.LstmFcnSession;
import io.github.lstmfcn.model.graph.RandomWeights;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Contexts beside what the original stack computed. */
@Tag("real-data")
class AttentionContextTest {
  private static final double TOLERANCE = 1e-4;

  static Stream<ReferenceCase> withAttention() {
    return ReferenceCase.all()
        .filter(reference -> reference.floats("attention_upstream") != null)
        .filter(reference -> reference.shape("input")[1] == 1);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("withAttention")
  void whatTheLayerHandsOutIsTheOriginals(ReferenceCase reference) {
    float[][] firstTwo = Arrays.copyOf(reference.series(), 2);
    boolean release2019 = reference.shape("attention_upstream")[1] != 1;
    try (LstmFcnSession session = new LstmFcnSession(ClassActivationMapsTest.weights(reference))) {
      float[][] found =
          release2019
              ? AttentionContext.cellOutput(session, firstTwo, 2) // the reference's batch
              : AttentionContext.weightedInput(session, firstTwo);
      Numbers.assertClose(
          Numbers.flat(List.of(found)), reference.floats("attention_upstream"), TOLERANCE);
    }
  }

  @Test
  void theContextOf2017IsTheInputAndSoTheMeanOfTrain() {
    float[][] train = {{1, 2, 6}, {3, 2, 0}}; // mean 2, 2, 3: deviation sqrt(2/9)
    float[][] series = {{1, -1, 2}};
    double deviation = Math.sqrt(2.0 / 9);
    ModelWeights weights = RandomWeights.small(ModelKind.ALSTM_FCN, 2, 3, 2);
    AttentionContext context = AttentionContext.of2017(weights, series, train);

    Numbers.assertClose(context.attention()[0], series[0], 1e-6);
    float low = (float) (-1 / 3.0 / deviation);
    float high = (float) (2 / 3.0 / deviation);
    Numbers.assertClose(context.context()[0], new float[] {low, low, high}, 1e-5);
    Numbers.assertClose(context.attended()[0], new float[] {low, -low, 2 * high}, 1e-5);
  }

  @Test
  void theContextOf2019IsTheScaledOutputOverTheSteps() {
    float[][] series = RandomWeights.series(3, 20, 4);
    ModelWeights weights = RandomWeights.small(ModelKind.ALSTM_FCN, 8, 20, 2);
    AttentionContext context = AttentionContext.of2019(weights, series);
    float[] output = context.attention()[1];
    float smallest = -Numbers.largest(negated(output));
    float largest = Numbers.largest(output);
    float[] scaled = new float[8];
    for (int cell = 0; cell < 8; cell++) {
      scaled[cell] = 2 * (output[cell] - smallest) / (largest - smallest) - 1;
    }

    Numbers.assertClose(context.context()[1], Resampling.resize(scaled, 20), 1e-6);
    assertThat((double) context.attended()[1][7])
        .isCloseTo(series[1][7] * context.context()[1][7], within(1e-6));
  }

  private static float[] negated(float[] values) {
    float[] negated = new float[values.length];
    IntStream.range(0, values.length).forEach(i -> negated[i] = -values[i]);
    return negated;
  }

  @Test
  void aSeriesIsAloneInItsBatchAsTheOriginalRunsIt() {
    float[][] series = RandomWeights.series(3, 20, 4);
    var weights = RandomWeights.small(ModelKind.ALSTM_FCN, 8, 20, 2);
    var across =
        weights.with(weights.spec().with(io.github.lstmfcn.model.AttentionScope.ACROSS_BATCH));
    Numbers.assertClose(
        AttentionContext.of2019(across, series).context()[2],
        AttentionContext.of2019(weights, series).context()[2],
        1e-5);
  }

  @Test
  void whatDoesNotVaryIsZeroAndNoDivisionByZero() {
    float[][] flat = {{1, 1, 1}};
    ModelWeights weights = RandomWeights.small(ModelKind.ALSTM_FCN, 1, 3, 2);
    assertThat(AttentionContext.of2017(weights, flat, flat).attended()[0]).containsOnly(0f);
    assertThat(AttentionContext.of2019(weights, flat).attended()[0]).containsOnly(0f);
  }

  @Test
  void aModelWithoutAttentionIsRefused() {
    ModelWeights weights = RandomWeights.small(ModelKind.LSTM_FCN, 2, 3, 2);
    assertThatThrownBy(() -> AttentionContext.of2019(weights, new float[1][3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found LSTM-FCN, 2 cells");
  }

  @Test
  void attentionOverSeveralStepsIsRefused() {
    ModelWeights weights =
        RandomWeights.of(
            ModelSpec.of(ModelKind.MALSTM_FCN, 2, 3, 2, 2, GateActivation.HARD_SIGMOID), 1);
    assertThatThrownBy(() -> AttentionContext.of2019(weights, new float[1][6]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("expected an ALSTM-FCN of one variable, found MALSTM-FCN");
  }

  @Test
  void theMeanOfNoSeriesIsRefused() {
    ModelWeights weights = RandomWeights.small(ModelKind.ALSTM_FCN, 2, 3, 2);
    assertThatThrownBy(() -> AttentionContext.of2017(weights, new float[1][3], new float[0][]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected at least one series, found none");
  }

  /** Numbers of scikit-image 0.14.2. */
  @ParameterizedTest
  @CsvSource({
    "1, -0.038091",
    "2, 0.060799 -0.121453",
    "3, -0.103038 0.158570 -0.128521",
    "5, -0.622794 0.475480 0.125480 0.010054 -0.311685",
    "8, -1 0.25 0.5 1 -0.75 0 0.125 -0.5",
    "11, -0.829545 -0.261364 0.329545 0.522727 0.886364 0.125 -0.579545 -0.034091 0.085227 -0.130682"
        + " -0.414773"
  })
  void resizesAsScikitImage(int length, String expected) {
    float[] values = {-1, 0.25f, 0.5f, 1, -0.75f, 0, 0.125f, -0.5f};
    float[] numbers = new float[length];
    String[] texts = expected.split(" ", -1);
    for (int place = 0; place < length; place++) {
      numbers[place] = Float.parseFloat(texts[place]);
    }

    Numbers.assertClose(Resampling.resize(values, length), numbers, 1e-6);
  }
}
