package io.github.lstmfcn.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.lstmfcn.model.ConvolutionBlock;
import io.github.lstmfcn.model.GateActivation;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.WeightArray;
import io.github.lstmfcn.model.graph.RandomWeights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.statistics.distribution.TDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which variables a model uses, where that is known. */
class PermutationImportanceTest {
  private static final int VARIABLES = 3;
  private static final int LENGTH = 8;
  private static final int SERIES = 40;
  private static final List<String> NAMES = List.of("low", "high");

  /**
   * Convolutions that pass on variable 1 alone, and a dense layer that tells its sign: class 1 if
   * the mean of its positive part is above 1/2.
   */
  private static ModelWeights readingVariableOne() {
    ModelSpec spec =
        ModelSpec.of(ModelKind.FCN, VARIABLES, LENGTH, 2, 0, GateActivation.HARD_SIGMOID)
            .with(List.of(new ConvolutionBlock(2, 1)));
    Map<String, WeightArray> arrays = new LinkedHashMap<>();
    ModelWeights.shapes(spec).forEach((name, shape) -> arrays.put(name, WeightArray.zeros(shape)));
    put(arrays, "conv1/kernel", 0, 0, 1, 0, 0, 0); // (1, 3, 2)
    put(arrays, "bn1/gamma", 1, 1);
    put(arrays, "bn1/moving_variance", 1, 1);
    put(arrays, "dense/kernel", 0, 8, 0, 0); // (2, 2)
    put(arrays, "dense/bias", 0, -4);
    return new ModelWeights(spec, arrays);
  }

  private static void put(Map<String, WeightArray> arrays, String name, float... values) {
    arrays.put(name, new WeightArray(arrays.get(name).shape(), values));
  }

  /** Variable 1 is 0 in one class and 1 in the other; the other variables are noise. */
  private static float[][] series() {
    float[][] series = RandomWeights.series(SERIES, VARIABLES * LENGTH, 8);
    for (int row = 0; row < SERIES; row++) {
      Arrays.fill(series[row], LENGTH, 2 * LENGTH, row % 2);
    }
    return series;
  }

  private static int[] truth() {
    int[] truth = new int[SERIES];
    Arrays.setAll(truth, row -> row % 2);
    return truth;
  }

  private static PermutationImportance measure(int repeats, long seed) {
    return PermutationImportance.of(
        readingVariableOne(), series(), truth(), NAMES, repeats, seed, variable -> {});
  }

  @Test
  void theVariableThatTheModelReadsIsFound() {
    PermutationImportance found = measure(10, 0);

    assertThat(found.baseline().correct()).isEqualTo(SERIES);
    assertThat(found.variables()).extracting(VariableImportance::variable).containsExactly(0, 1, 2);
    Interval drop = found.variables().get(1).accuracyDrop();
    assertThat(drop.mean()).isBetween(0.35, 0.65); // half of the series get the other class's
    assertThat(drop.low()).isGreaterThan(0.3).isLessThan(drop.mean());
    assertThat(drop.high()).isGreaterThan(drop.mean()).isLessThan(0.7);
    assertThat(found.variables().get(1).lossRise().low()).isGreaterThan(1);
    for (int noise : new int[] {0, 2}) {
      assertThat(found.variables().get(noise).accuracyDrops()).containsOnly(0);
      assertThat(found.variables().get(noise).lossRise()).isEqualTo(new Interval(0, 0, 0));
    }
  }

  @Test
  void theSameSeedGivesTheSameNumbersAndAnotherOthers() {
    double[] drops = measure(5, 4).variables().get(1).accuracyDrops();

    assertThat(measure(5, 4).variables().get(1).accuracyDrops()).isEqualTo(drops);
    assertThat(measure(5, 5).variables().get(1).accuracyDrops()).isNotEqualTo(drops);
  }

  @Test
  void theSeriesStayAsTheyAreAndEachVariableIsReportedOnce() {
    float[][] series = series();
    List<VariableImportance> measured = new ArrayList<>();
    PermutationImportance found =
        PermutationImportance.of(readingVariableOne(), series, truth(), NAMES, 2, 0, measured::add);

    assertThat(series).isDeepEqualTo(series());
    assertThat(measured).isEqualTo(found.variables());
  }

  @Test
  void theOnlyVariableCannotBePermutedAmongOthers() {
    ModelWeights weights = RandomWeights.small(ModelKind.LSTM_FCN, 2, 5, 2);
    assertThatThrownBy(
            () ->
                PermutationImportance.of(
                    weights, new float[2][5], new int[2], NAMES, 2, 0, variable -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("expected at least two variables, found one: LSTM-FCN");
  }

  @Test
  void oneSeriesOrOneRepeatIsRefused() {
    assertThatThrownBy(() -> measure(1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected at least two series and repeats, found 40 and 1");
    assertThatThrownBy(
            () ->
                PermutationImportance.of(
                    readingVariableOne(), new float[0][], new int[0], NAMES, 2, 0, variable -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected at least two series and repeats, found 0 and 2");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 8, 9, 30, 99, 1000})
  void theIntervalIsStudents(int degrees) {
    double expected = TDistribution.of(degrees).inverseCumulativeProbability(0.975);

    assertThat(Interval.quantile(degrees)).isCloseTo(expected, within(1e-6 * expected));
  }

  @Test
  void theIntervalOfTwoValuesReachesFarBeyondThem() {
    Interval interval = Interval.ofMean(new double[] {1, 3});

    assertThat(interval.mean()).isEqualTo(2);
    assertThat(interval.high()).isCloseTo(2 + 12.7062, within(1e-3)); // standard error 1
    assertThat(interval.low()).isCloseTo(2 - 12.7062, within(1e-3));
  }
}
