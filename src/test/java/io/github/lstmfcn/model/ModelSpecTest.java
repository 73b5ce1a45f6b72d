package io.github.lstmfcn.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ModelSpecTest {

  @ParameterizedTest
  @CsvSource({
    "0,10,2,'cells must be positive: found 0'",
    "8,-1,2,'variables and length must be positive: found 1 and -1'",
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
  void refusesANetworkWithoutBranches() {
    ModelSpec fcn = ModelSpec.of(ModelKind.FCN, 1, 10, 2, 0, GateActivation.SIGMOID);

    assertThatThrownBy(() -> fcn.with(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected a recurrent layer or at least one convolution block, found none");
    assertThatThrownBy(() -> fcn.with(Collections.nCopies(7, new ConvolutionBlock(1, 1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected at most 6 convolution blocks, found 7");
  }

  @Test
  void refusesAttentionAcrossTheBatchInEveryOtherNetworkThanTheUnivariate() {
    ModelSpec univariate = spec(ModelKind.ALSTM_FCN, 8, 10, 2).with(AttentionScope.ACROSS_BATCH);
    RecurrentBranch branch = univariate.recurrent();

    assertThatThrownBy(() -> new ModelSpec(3, 10, 2, branch, univariate.blocks()))
        .hasMessageContaining("univariate ALSTM-FCNs only, found 3 variables");
    assertThatThrownBy(() -> branch.withMasking(true)).hasMessageContaining("neither a mask");
    assertThatThrownBy(() -> branch.with(Orientation.OVER_STEPS))
        .hasMessageContaining("over steps");
    assertThatThrownBy(() -> branch.with(new Subsampling(1, 8, 2)))
        .hasMessageContaining("subsampling");
  }

  @ParameterizedTest
  @EnumSource(ModelKind.class)
  void theNetworkOfAKindIsOfThatKind(ModelKind kind) {
    ModelSpec spec = ModelSpec.of(kind, 12, 26, 9, 8, GateActivation.SIGMOID);

    assertThat(spec.kind()).isEqualTo(kind);
    assertThat(spec.hasAttention()).isEqualTo(kind.hasAttention());
    assertThat(spec.cells()).isEqualTo(kind.hasRecurrence() ? 8 : 0);
    assertThat(spec.channels()).isEqualTo(kind.hasConvolutions() ? 128 : 0);
  }

  /** The shapes of the original's scripts for Action3D and Activity. */
  @ParameterizedTest
  @CsvSource({
    "OVER_VARIABLES,0,12,26",
    "OVER_STEPS,0,26,12",
    "OVER_VARIABLES,2,6,13",
    "OVER_STEPS,3,9,4",
  })
  void theRecurrentLayerTakesStepsOfFeatures(
      Orientation orientation, int stride, int steps, int features) {
    ModelSpec plain = ModelSpec.of(ModelKind.MALSTM_FCN, 12, 26, 9, 8, GateActivation.SIGMOID);
    Subsampling subsampling = stride == 0 ? null : Subsampling.ofTheOriginal(12, stride);
    ModelSpec spec = plain.with(plain.recurrent().with(orientation).with(subsampling));

    assertThat(spec.recurrentSteps()).isEqualTo(steps);
    assertThat(spec.recurrentFeatures()).isEqualTo(features);
  }

  /** The numbers of parameters, from the layers of the original. */
  @ParameterizedTest
  @CsvSource({"MLSTM_FCN,12,26,9,8,289585", "LSTM_FCN,12,26,9,8,279345"})
  void hasAsManyParametersAsTheOriginal(
      ModelKind kind, int variables, int length, int classes, int cells, int parameters) {
    ModelSpec spec =
        ModelSpec.of(kind, variables, length, classes, cells, GateActivation.HARD_SIGMOID);

    assertThat(ModelWeights.shapes(spec).values().stream().mapToInt(WeightArray::size).sum())
        .isEqualTo(parameters);
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
    ModelSpec multivariate =
        ModelSpec.of(ModelKind.MLSTM_FCN, 12, 26, 9, 8, GateActivation.SIGMOID);
    assertThat(multivariate)
        .hasToString("MLSTM-FCN, 12 variables, 8 cells, length 26, 9 classes, sigmoid gates");
    assertThat(
            multivariate.with(
                multivariate.recurrent().with(Orientation.OVER_STEPS).withMasking(false)))
        .hasToString(multivariate + ", recurrence over steps, without a mask");
    assertThat(spec(ModelKind.LSTM_FCN, 8, 128, 3).with(GateActivation.SIGMOID))
        .hasToString("LSTM-FCN, 8 cells, length 128, 3 classes, sigmoid gates");
  }

  private static ModelSpec spec(ModelKind kind, int cells, int length, int classes) {
    return new ModelSpec(
        kind, cells, length, classes, GateActivation.HARD_SIGMOID, AttentionScope.PER_SERIES);
  }
}
