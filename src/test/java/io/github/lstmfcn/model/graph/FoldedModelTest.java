package io.github.lstmfcn.model.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lstmfcn.model.ConvolutionBlock;
import io.github.lstmfcn.model.Convolutions;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.model.ModelWeights;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FoldedModelTest {
  private static final ModelWeights WEIGHTS = RandomWeights.small(ModelKind.LSTM_FCN, 4, 100, 3);

  @ParameterizedTest(name = "{0} series in batches of {1}: {2}")
  @CsvSource({
    "1, 128, DIRECT",
    "5, 5, DIRECT",
    "40, 5, DIRECT",
    "6, 6, WINOGRAD_6",
    "40, 8, WINOGRAD_6"
  })
  void fewStepsAtOnceArePlainAndManyFiltered(int series, int batchSize, Convolutions expected) {
    float[][] x = RandomWeights.series(series, 100, 2);
    try (FoldedModel model = new FoldedModel(WEIGHTS);
        LstmFcnSession session = LstmFcnSession.folded(WEIGHTS, expected, Threads.DEFAULT)) {
      assertThat(model.probabilities(x, batchSize))
          .isDeepEqualTo(session.probabilities(x, batchSize));
    }
  }

  @Test
  void closedItAnswersNoMore() {
    FoldedModel model = new FoldedModel(WEIGHTS);
    float[][] x = RandomWeights.series(1, 100, 2);
    model.probabilities(x, 1);
    model.close();

    assertThatCode(model::close).doesNotThrowAnyException();
    assertThatThrownBy(() -> model.probabilities(x, 1)).isInstanceOf(IllegalStateException.class);
    float[][] many = RandomWeights.series(64, 100, 2);
    assertThatThrownBy(() -> model.probabilities(many, 64))
        .isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest(name = "kernel size {0} in the last block")
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 9})
  void otherBlocksAnswerAsTheExactGraph(int kernelSize) {
    ModelWeights weights =
        RandomWeights.of(
            List.of(
                new ConvolutionBlock(4, 8),
                new ConvolutionBlock(6, 5),
                new ConvolutionBlock(7, 3),
                new ConvolutionBlock(5, kernelSize)),
            20);
    float[][] x = RandomWeights.series(40, 20, 2);
    try (LstmFcnSession exact = new LstmFcnSession(weights)) {
      float[][] expected = exact.probabilities(x, 40);
      for (Convolutions convolutions : Convolutions.values()) {
        try (LstmFcnSession folded =
            LstmFcnSession.folded(weights, convolutions, Threads.DEFAULT)) {
          float[][] found = folded.probabilities(x, 40);
          for (int row = 0; row < x.length; row++) {
            assertThat(found[row]).containsExactly(expected[row], Offset.offset(1e-5f));
          }
        }
      }
    }
  }
}
