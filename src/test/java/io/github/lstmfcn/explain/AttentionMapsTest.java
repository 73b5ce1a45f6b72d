package io.github.lstmfcn.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.lstmfcn.model.AttentionScope;
import io.github.lstmfcn.model.GateActivation;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.Orientation;
import io.github.lstmfcn.model.graph.RandomWeights;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Attention over several steps; the references have a test of their own. */
class AttentionMapsTest {
  private static final int VARIABLES = 4;
  private static final int LENGTH = 6;

  private static ModelSpec spec(ModelKind kind) {
    return ModelSpec.of(kind, VARIABLES, LENGTH, 3, 5, GateActivation.HARD_SIGMOID);
  }

  private static ModelWeights weights() {
    return RandomWeights.of(spec(ModelKind.MALSTM_FCN), 3);
  }

  /** The second variable of the first series is silent. */
  private static float[][] series(int count) {
    float[][] series = RandomWeights.series(count, VARIABLES * LENGTH, 3);
    Arrays.fill(series[0], LENGTH, 2 * LENGTH, 0f);
    return series;
  }

  @Test
  void whatIsAttendedIsTheInputTimesTheSharesOfTheLastStep() {
    try (AttentionMaps maps = AttentionMaps.of(weights())) {
      AttentionMap map = maps.explain(series(2)).toList().get(1);

      assertThat(map.alpha()).hasDimensions(VARIABLES, VARIABLES);
      assertThat(map.input()[2][3]).isEqualTo(series(2)[1][2 * LENGTH + 3]);
      assertThat((double) map.attended()[2][3])
          .isCloseTo(map.alpha()[VARIABLES - 1][2] * map.input()[2][3], within(1e-6));
    }
  }

  @Test
  void aSilentVariableIsMaskedButCounted() {
    try (AttentionMaps maps = AttentionMaps.of(weights())) {
      AttentionMap map = maps.explain(series(1)).findFirst().orElseThrow();

      assertThat(map.masked()).containsExactly(false, true, false, false);
      assertThat(map.alpha()[3][1]).isPositive();
    }
  }

  @Test
  void withoutAMaskNothingIsMasked() {
    ModelSpec spec = spec(ModelKind.ALSTM);
    ModelSpec unmasked = spec.with(spec.recurrent().withMasking(false));
    try (AttentionMaps maps = AttentionMaps.of(RandomWeights.of(unmasked, 3))) {
      assertThat(maps.explain(series(1)).findFirst().orElseThrow().masked()).containsOnly(false);
    }
  }

  @Test
  void overStepsTheAxesArePointsInTime() {
    ModelSpec spec = spec(ModelKind.ALSTM_FCN);
    ModelSpec overSteps = spec.with(spec.recurrent().with(Orientation.OVER_STEPS));
    try (AttentionMaps maps = AttentionMaps.of(RandomWeights.of(overSteps, 3))) {
      AttentionMap map = maps.explain(series(1)).findFirst().orElseThrow();

      assertThat(map.alpha()).hasDimensions(LENGTH, LENGTH);
      assertThat(map.input()).hasDimensions(LENGTH, VARIABLES);
      assertThat(map.input()[5][2]).isEqualTo(series(1)[0][2 * LENGTH + 5]);
    }
  }

  @Test
  void theMeanOfAClassIsOverTheSeriesThatTakeTheStep() {
    float[][] series = series(3);
    try (AttentionMaps maps = AttentionMaps.of(weights())) {
      List<AttentionMap> each = maps.explain(series).toList();
      List<MeanAttention> means = maps.means(series, new int[] {0, 0, 2});

      assertThat(means).extracting(MeanAttention::series).containsExactly(2, 0, 1);
      assertThat(means.get(0).taken()).containsExactly(2, 1, 2, 2);
      assertThat(means.get(0).alpha()[1]).isEqualTo(each.get(1).alpha()[1]);
      assertThat((double) means.get(0).alpha()[2][3])
          .isCloseTo(
              ((double) each.get(0).alpha()[2][3] + each.get(1).alpha()[2][3]) / 2, within(1e-7));
      assertThat(means.get(1).alpha()[0]).containsOnly(Float.NaN);
      assertThat(means.get(2).alpha()).isDeepEqualTo(each.get(2).alpha());
    }
  }

  @Test
  void theMeanOfNoSeriesAndOfUnknownClassesIsRefused() {
    try (AttentionMaps maps = AttentionMaps.of(weights())) {
      assertThatThrownBy(() -> maps.means(new float[0][], new int[0]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("expected at least one series, found none");
      assertThatThrownBy(() -> maps.means(series(2), new int[] {0, 3}))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("expected classes from 0 to 2, found 3");
      assertThatThrownBy(() -> maps.means(series(2), new int[1]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("expected one class per series, found 1 for 2 series");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"FCN", "LSTM", "LSTM_FCN", "MLSTM_FCN"})
  void aModelWithoutAttentionIsRefused(ModelKind kind) {
    ModelWeights weights = RandomWeights.of(spec(kind), 3);
    assertThatThrownBy(() -> AttentionMaps.of(weights))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("expected a network with attention per series, found " + kind);
  }

  @Test
  void attentionAcrossTheBatchHasNoMapOfASeries() {
    ModelWeights weights = RandomWeights.small(ModelKind.ALSTM_FCN, 2, 5, 2);
    ModelWeights across = weights.with(weights.spec().with(AttentionScope.ACROSS_BATCH));
    assertThatThrownBy(() -> AttentionMaps.of(across))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("across-batch attention");
  }
}
