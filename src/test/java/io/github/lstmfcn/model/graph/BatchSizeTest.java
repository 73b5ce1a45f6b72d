package io.github.lstmfcn.model.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lstmfcn.model.AttentionScope;
import io.github.lstmfcn.model.GateActivation;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.model.ModelSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchSizeTest {

  @ParameterizedTest(name = "{1} of length {0}")
  @CsvSource({"1, 128", "128, 128", "129, 127", "500, 32", "1639, 9", "2709, 8", "100000, 8"})
  void longSeriesRunFewerAtOnce(int length, int size) {
    assertThat(Batches.size(length)).isEqualTo(size);
  }

  @Test
  void theBatchIsTheOriginalsWhereTheAnswerDependsOnIt() {
    ModelSpec series =
        new ModelSpec(
            ModelKind.ALSTM_FCN, 8, 500, 2, GateActivation.SIGMOID, AttentionScope.PER_SERIES);
    assertThat(predictor(series).batchSize()).isEqualTo(32);
    assertThat(predictor(series.with(AttentionScope.ACROSS_BATCH)).batchSize()).isEqualTo(128);
  }

  private static Predictor predictor(ModelSpec spec) {
    return new NetworkPredictor() {
      @Override
      public ModelSpec spec() {
        return spec;
      }

      @Override
      public float[][] probabilities(float[][] series, int batchSize) {
        throw new AssertionError("asked for nothing");
      }

      @Override
      public void close() {}
    };
  }
}
