package io.github.lstmfcn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lstmfcn.error.InvalidInputException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MultivariatePreparationTest {
  private static final float NAN = Float.NaN;
  private static final Offset<Float> ROUNDING = Offset.offset(1e-6f);

  /** Two variables: 1, 3 and 10, 10. Then 5, – and 20, 40. */
  private static final float[][][] SERIES = {{{1, 3}, {10, 10}}, {{5, NAN}, {20, 40}}};

  private static Dataset data(String file, float[][][] series) {
    return new Dataset("a", Path.of(file), Collections.nCopies(series.length, "1"), series);
  }

  private static Preparation of(Normalization normalization, int length, float[][][] train) {
    Dataset data = data("a_TRAIN.ts", train);
    return Preparation.of(normalization, train[0].length, length, true, data, data);
  }

  @Test
  void theVariablesStandOneAfterAnother() {
    assertThat(Preparation.none(2, 3).apply(SERIES))
        .isDeepEqualTo(new float[][] {{1, 3, 0, 10, 10, 0}, {5, 0, 0, 20, 40, 0}});
  }

  @Test
  void eachSeriesIsScaledPerVariableOverItsValuesAlone() {
    Preparation sample = of(Normalization.SAMPLE, 3, SERIES);

    // 1, 3: mean 2, deviation 1. 10, 10 is constant. 5 is constant. 20, 40: mean 30, deviation 10.
    assertThat(sample.apply(SERIES[0], ""))
        .containsExactly(new float[] {-1, 1, 0, 0, 0, 0}, ROUNDING);
    assertThat(sample.apply(SERIES[1], ""))
        .containsExactly(new float[] {0, 0, 0, -1, 1, 0}, ROUNDING);
  }

  @Test
  void trainIsScaledPerVariableOverItsValuesAlone() {
    Preparation train = of(Normalization.TRAIN, 3, SERIES);

    // 1, 3, 5: mean 3, variance 8/3. 10, 10, 20, 40: mean 20, variance (100 + 100 + 400) / 4.
    assertThat(train.means()).containsExactly(3.0, 20.0);
    float first = (float) Math.sqrt(8 / 3.0);
    float second = (float) Math.sqrt(150);
    assertThat(train.apply(SERIES[1], ""))
        .containsExactly(new float[] {2 / first, 0, 0, 0, 20 / second, 0}, ROUNDING);
  }

  @Test
  void aSilentVariableStaysSilent() {
    float[][] silent = {{1, 3}, {0, 0}};
    for (Normalization how :
        List.of(Normalization.NONE, Normalization.SAMPLE, Normalization.TRAIN)) {
      float[] prepared = of(how, 2, SERIES).apply(silent, "");
      assertThat(new float[] {prepared[2], prepared[3]}).as(how.name()).containsExactly(0, 0);
    }
  }

  @Test
  void aVariableThatIsConstantOverTrainIsSilentInEverySeries() {
    float[][][] constant = {{{1, 3}, {7, 7}}, {{5, 9}, {7, 7}}};
    for (Normalization how : List.of(Normalization.TRAIN, Normalization.POOLED)) {
      float[] prepared = of(how, 2, constant).apply(new float[][] {{1, 3}, {7.5f, -2}}, "");
      assertThat(new float[] {prepared[2], prepared[3]}).as(how.name()).containsExactly(0, 0);
      assertThat(prepared[0]).as(how.name()).isNegative();
    }
  }

  @Test
  void upstreamScalesThePaddingByTheWholeOfTrain() {
    Preparation upstream = of(Normalization.UPSTREAM, 3, SERIES);

    // 1 3 0, 10 10 0, 5 0 0, 20 40 0: sum 89, squares 2235.
    double mean = 89 / 12.0;
    double deviation = Math.sqrt(2235 / 12.0 - mean * mean);
    assertThat(upstream.means()).hasSize(1);
    float zero = (float) (-mean / deviation);
    assertThat(upstream.apply(SERIES[1], ""))
        .containsExactly(
            new float[] {
              (float) ((5 - mean) / deviation),
              zero,
              zero,
              (float) ((20 - mean) / deviation),
              (float) ((40 - mean) / deviation),
              zero
            },
            ROUNDING);
  }

  @Test
  void upstreamOfUnivariateSeriesIsTrain() {
    float[][][] univariate = {{{1, 3}}, {{NAN, 4}}};

    Preparation train = of(Normalization.TRAIN, 2, univariate);
    Preparation upstream = of(Normalization.UPSTREAM, 2, univariate);

    assertThat(upstream.apply(univariate)).isDeepEqualTo(train.apply(univariate));
  }

  @Test
  void pooledCountsBothSplitsBeforeTheyAreCut() {
    Dataset train = data("a_TRAIN.ts", new float[][][] {{{1, 3}, {7, 7}}});
    Dataset test = data("a_TEST.ts", new float[][][] {{{5, 7, 9}, {7, 7, NAN}}});

    Preparation pooled = Preparation.of(Normalization.POOLED, 2, 2, true, train, test);

    // 1, 3, 5, 7, 9: mean 5, variance with n - 1 (16 + 4 + 4 + 16) / 4. The other is constant.
    assertThat(pooled.means()).containsExactly(5.0, 7.0);
    float root = (float) Math.sqrt(10);
    assertThat(pooled.apply(test)[0]).containsExactly(new float[] {0, 2 / root, 0, 0}, ROUNDING);
    assertThatThrownBy(() -> Preparation.of(Normalization.POOLED, 2, 2, true, train, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Normalization.POOLED needs a TEST split");
    assertThat(Normalization.POOLED.warning()).get().asString().contains("is a leak");
  }

  @Test
  void anotherNumberOfVariablesIsRefused() {
    assertThatThrownBy(() -> Preparation.none(12, 4).apply(data("a_TEST.ts", SERIES)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("a_TEST.ts: expected 12 variables, as the model has, found 2");
    assertThatThrownBy(() -> Preparation.none(4).apply(SERIES[0], "stdin: line 3"))
        .hasMessage("stdin: line 3: expected 1 variable, as the model has, found 2");
    assertThatThrownBy(() -> Preparation.none(2, 4).apply(new float[] {1, 2}, "stdin: line 3"))
        .hasMessage("stdin: line 3: expected 2 variables, as the model has, found 1");
  }

  @Test
  void variablesOfUnequalLengthsAreRefused() {
    float[][] ragged = {{1, 2}, {1, 2, 3}};

    assertThatThrownBy(() -> Preparation.none(2, 4).apply(ragged, "series 9"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(
            "series 9, variable 2: expected 2 steps, as in variable 1, found 3");
    assertThatThrownBy(() -> data("a.ts", new float[][][] {ragged}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected 2 steps, as in variable 1, found 3 in variable 2 of series 1");
    assertThatThrownBy(() -> data("a.ts", new float[][][] {{{1}}, {{1}, {2}}}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected variables: 1, found 2 in series 2");
    assertThatThrownBy(() -> data("a.ts", new float[][][] {{}}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected at least one variable, found 0 in series 1");
  }

  @Test
  void aVariableWithoutAValueIsRefused() {
    Preparation cutting = Preparation.of(Normalization.NONE, 2, 2, true, null, null);

    assertThatThrownBy(() -> cutting.apply(data("a.ts", new float[][][] {{{1, 2}, {NAN, NAN}}})))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "a.ts: series 1, variable 2: expected a value, found only missing values; leave the"
                + " series out");
    assertThatThrownBy(() -> cutting.apply(new float[][] {{1, 2, 3}, {NAN, NAN, 3}}, "series 1"))
        .hasMessageStartingWith(
            "series 1, variable 2: expected a value in the first 2 steps, found only missing");
    assertThatThrownBy(() -> cutting.apply(new float[][] {{NAN}, {NAN}}, "series 1"))
        .hasMessageStartingWith("series 1: expected a value, found only missing values");
  }

  @Test
  void anInfiniteValueIsRefusedByItsVariable() {
    assertThatThrownBy(
            () ->
                Preparation.none(2, 2)
                    .apply(new float[][] {{1, 2}, {1, Float.NEGATIVE_INFINITY}}, "series 4"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(
            "series 4, variable 2: expected finite values or NaN, found -Infinity at step 2");
  }

  @Test
  void splitsOfDifferentVariablesAreRefusedByTheNamesOfBoth() {
    Dataset train = data("a_TRAIN.ts", SERIES);
    Dataset test = data("a_TEST.ts", new float[][][] {{{1}}});

    assertThatThrownBy(() -> test.expectVariablesOf(train))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("a_TEST.ts: expected 2 variables, as a_TRAIN.ts has, found 1");
    train.expectVariablesOf(data("none.ts", new float[0][][]));
    assertThat(data("none.ts", new float[0][][]).variables()).isZero();
  }

  @Test
  void itSaysHowManySeriesAreLonger() {
    Dataset test =
        data("a_TEST.ts", new float[][][] {{{1, 2, 3}, {1, 2, NAN}}, {{1, 2, NAN}, {1, 2, NAN}}});
    Preparation cutting = Preparation.of(Normalization.NONE, 2, 2, true, null, null);

    assertThat(cutting.longer(test)).isEqualTo(1);
    assertThat(cutting.truncation(test, Split.TEST))
        .contains("1 of 2 series of TEST are longer than 2 steps and are cut.");
    assertThat(Preparation.none(2, 2).truncation(test, Split.TEST)).isEmpty();
    assertThatThrownBy(() -> Preparation.none(2, 2).apply(test))
        .hasMessageStartingWith("a_TEST.ts: series 1: expected at most 2 steps");
  }

  @Test
  void anExportedModelIsGivenWhatIsMissingAsSuch() {
    float[][] padded = of(Normalization.TRAIN, 3, SERIES).pad(SERIES);

    assertThat(padded[1]).containsExactly(5, NAN, NAN, 20, 40, NAN);
    assertThatThrownBy(() -> Preparation.none(2, 1).pad(SERIES))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("series 1: expected at most 1 steps");
  }

  @ParameterizedTest
  @EnumSource(Normalization.class)
  void theGivenArraysStayAsTheyAre(Normalization normalization) {
    float[][][] series = {{{1, NAN, 3}, {4, 5, 6}}};

    of(normalization, 3, series).apply(series);

    assertThat(Arrays.deepToString(series)).isEqualTo("[[[1.0, NaN, 3.0], [4.0, 5.0, 6.0]]]");
  }
}
