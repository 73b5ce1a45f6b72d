package io.github.lstmfcn.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelSpecTest {

  @ParameterizedTest
  @CsvSource({
    "0,10,2,'cells and length must be positive: found 0 and 10'",
    "8,-1,2,'cells and length must be positive: found 8 and -1'",
    "8,10,1,'expected at least two classes, found 1'",
  })
  void refusesSizesThatMakeNoNetwork(int cells, int length, int classes, String message) {
    assertThatThrownBy(() -> spec(ModelKind.LSTM_FCN, cells, length, classes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void refusesAttentionAcrossTheBatchWithoutAttention() {
    ModelSpec spec = spec(ModelKind.LSTM_FCN, 8, 10, 2);

    assertThatThrownBy(() -> spec.with(AttentionScope.ACROSS_BATCH))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no attention");
  }

  @Test
  void changesOneThingAtATime() {
    ModelSpec spec = spec(ModelKind.ALSTM_FCN, 8, 10, 2);

    assertThat(spec.with(GateActivation.SIGMOID).with(GateActivation.HARD_SIGMOID)).isEqualTo(spec);
    assertThat(spec.dependsOnBatch()).isFalse();
    assertThat(spec.with(AttentionScope.ACROSS_BATCH).dependsOnBatch()).isTrue();
  }

  @Test
  void readsAsASentence() {
    assertThat(spec(ModelKind.ALSTM_FCN, 8, 128, 3).with(AttentionScope.ACROSS_BATCH))
        .hasToString(
            "ALSTM-FCN, 8 cells, length 128, 3 classes, hard_sigmoid gates, across-batch attention");
    assertThat(spec(ModelKind.LSTM_FCN, 8, 128, 3).with(GateActivation.SIGMOID))
        .hasToString("LSTM-FCN, 8 cells, length 128, 3 classes, sigmoid gates");
  }

  private static ModelSpec spec(ModelKind kind, int cells, int length, int classes) {
    return new ModelSpec(
        kind, cells, length, classes, GateActivation.HARD_SIGMOID, AttentionScope.PER_SERIES);
  }
}
