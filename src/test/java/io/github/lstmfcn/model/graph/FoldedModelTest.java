package io.github.lstmfcn.model.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.graph.InferenceLayers.Convolutions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FoldedModelTest {
  private static final ModelWeights WEIGHTS = RandomWeights.small(ModelKind.LSTM_FCN, 4, 100, 3);

  @ParameterizedTest(name = "{0} series in batches of {1}: {2}")
  @CsvSource({
    "1, 128, DIRECT",
    "5, 5, DIRECT",
    "40, 5, DIRECT",
    "6, 6, WINOGRAD",
    "40, 8, WINOGRAD"
  })
  void fewStepsAtOnceArePlainAndManyFiltered(int series, int batchSize, Convolutions expected) {
    float[][] x = RandomWeights.series(series, 100, 2);
    try (FoldedModel model = new FoldedModel(WEIGHTS);
        LstmFcnSession session = LstmFcnSession.folded(WEIGHTS, expected)) {
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
}
