package io.github.lstmfcn.model.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lstmfcn.model.AttentionScope;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.WeightArray;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LstmFcnSessionTest {
  private static final Offset<Float> TOLERANCE = Offset.offset(1e-5f);
  private static final int SERIES = 3;
  private static final int LENGTH = 20;
  private static final float[][] INPUT = RandomWeights.series(SERIES, LENGTH, 2);

  private static LstmFcnSession session;

  @BeforeAll
  static void build() {
    session = new LstmFcnSession(RandomWeights.small(ModelKind.ALSTM_FCN, 6, LENGTH, 4));
  }

  @AfterAll
  static void close() {
    session.close();
  }

  @ParameterizedTest
  @CsvSource({
    "lstm,3 6",
    "attention,3 1 20",
    "conv1,3 20 128",
    "conv2,3 20 256",
    "conv3,3 20 128",
    "bn1,3 20 128",
    "bn2,3 20 256",
    "bn3,3 20 128",
    "relu1,3 20 128",
    "relu2,3 20 256",
    "relu3,3 20 128",
    "gap,3 128",
    "concat,3 134",
    "logits,3 4",
    "probabilities,3 4",
  })
  void everyIntermediateIsThereUnderItsName(String layer, String shape) {
    LayerOutput output = fetch(layer);

    assertThat(output.shape())
        .containsExactly(List.of(shape.split(" ")).stream().mapToInt(Integer::parseInt).toArray());
    for (float value : output.values()) {
      assertThat(value).isFinite();
    }
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "3"})
  void eachBlockNormalizesItsConvolutionAndCutsTheNegative(int block) {
    Map<String, WeightArray> arrays =
        RandomWeights.small(ModelKind.ALSTM_FCN, 6, LENGTH, 4).arrays();
    float[] gamma = arrays.get("bn" + block + "/gamma").values();
    float[] beta = arrays.get("bn" + block + "/beta").values();
    float[] mean = arrays.get("bn" + block + "/moving_mean").values();
    float[] variance = arrays.get("bn" + block + "/moving_variance").values();
    float[] conv = fetch("conv" + block).values();
    float[] bn = fetch("bn" + block).values();
    float[] relu = fetch("relu" + block).values();

    for (int index = 0; index < conv.length; index++) {
      int channel = index % gamma.length;
      double normalized =
          gamma[channel] * (conv[index] - mean[channel]) / Math.sqrt(variance[channel] + 1e-3)
              + beta[channel];
      assertThat(bn[index]).isCloseTo((float) normalized, TOLERANCE);
      assertThat(relu[index]).isCloseTo(Math.max(0, bn[index]), TOLERANCE);
    }
  }

  @Test
  void theConvolutionReachesThreeStepsBackAndFourAhead() {
    ModelWeights weights = RandomWeights.small(ModelKind.ALSTM_FCN, 6, LENGTH, 4);
    float[] kernel = weights.arrays().get("conv1/kernel").values(); // (8, 1, 128)
    float[] bias = weights.arrays().get("conv1/bias").values();
    float[] conv = fetch("conv1").values();

    for (int step = 0; step < LENGTH; step++) {
      double expected = bias[0];
      for (int tap = 0; tap < 8; tap++) {
        int at = step + tap - 3;
        expected += at < 0 || at >= LENGTH ? 0 : INPUT[0][at] * kernel[tap * 128];
      }
      assertThat(conv[step * 128]).isCloseTo((float) expected, TOLERANCE);
    }
  }

  @Test
  void theHeadReadsTheLstmFirstThenTheMeanOfTheLastBlock() {
    float[][] lstm = fetch("lstm").rows();
    float[][] gap = fetch("gap").rows();
    float[][] concat = fetch("concat").rows();
    float[] relu3 = fetch("relu3").values();
    for (int row = 0; row < SERIES; row++) {
      double mean = 0;
      for (int step = 0; step < LENGTH; step++) {
        mean += relu3[(row * LENGTH + step) * 128] / LENGTH;
      }
      assertThat(gap[row][0]).isCloseTo((float) mean, TOLERANCE);
      assertThat(concat[row]).startsWith(lstm[row]).endsWith(gap[row]);
    }
  }

  @Test
  void probabilitiesAreTheSoftmaxOfTheLogits() {
    float[][] logits = fetch("logits").rows();
    float[][] probabilities = fetch("probabilities").rows();
    for (int row = 0; row < SERIES; row++) {
      double sum = 0;
      for (float logit : logits[row]) {
        sum += Math.exp(logit);
      }
      for (int k = 0; k < 4; k++) {
        assertThat(probabilities[row][k])
            .isCloseTo((float) (Math.exp(logits[row][k]) / sum), TOLERANCE);
      }
    }
  }

  @Test
  void severalLayersComeInOneRun() {
    assertThat(session.fetch(INPUT, List.of("gap", "lstm")).keySet())
        .containsExactly("gap", "lstm");
  }

  @Test
  void theBatchSizeDoesNotMatterWhereTheAttentionIsPerSeries() {
    float[][] whole = session.probabilities(INPUT, 128);
    float[][] single = session.probabilities(INPUT, 1);
    for (int row = 0; row < SERIES; row++) {
      assertThat(single[row]).containsExactly(whole[row], TOLERANCE);
    }
  }

  @Test
  void theBatchSizeMattersAcrossTheBatch() {
    ModelWeights weights = RandomWeights.small(ModelKind.ALSTM_FCN, 6, LENGTH, 4);
    try (LstmFcnSession across =
        new LstmFcnSession(weights.with(weights.spec().with(AttentionScope.ACROSS_BATCH)))) {
      float[] together = across.probabilities(INPUT, 128)[0];
      float[] alone = across.probabilities(INPUT, 1)[0];

      assertThat(across.dependsOnBatch()).isTrue();
      assertThat(together[0]).isNotCloseTo(alone[0], Offset.offset(1e-4f));
      assertThat(alone).containsExactly(session.probabilities(INPUT, 1)[0], TOLERANCE);
    }
  }

  @Test
  void noSeriesGiveNoRows() {
    assertThat(session.probabilities(new float[0][], 128)).isEmpty();
  }

  @Test
  void anLstmFcnHasNoAttentionToFetch() {
    try (LstmFcnSession plain =
        new LstmFcnSession(RandomWeights.small(ModelKind.LSTM_FCN, 2, LENGTH, 2))) {
      assertThatThrownBy(() -> plain.fetch(INPUT, List.of("attention")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("attention");
    }
  }

  @Test
  void refusesASeriesOfAnotherLength() {
    assertThatThrownBy(() -> session.probabilities(new float[][] {new float[19]}, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("series 0: expected length 20, found 19");
  }

  private static LayerOutput fetch(String layer) {
    return session.fetch(INPUT, List.of(layer)).get(layer);
  }
}
