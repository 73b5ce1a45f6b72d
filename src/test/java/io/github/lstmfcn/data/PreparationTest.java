package io.github.lstmfcn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lstmfcn.error.InvalidInputException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PreparationTest {
  private static final float NAN = Float.NaN;
  private static final Offset<Float> ROUNDING = Offset.offset(1e-6f);

  @Test
  void fillsMissingValuesAndShortSeriesWithZero() {
    Preparation preparation = Preparation.none(4);

    assertThat(preparation.apply(new float[] {1, NAN, 3, 4}, "")).containsExactly(1, 0, 3, 4);
    assertThat(preparation.apply(new float[] {1, 2}, "")).containsExactly(1, 2, 0, 0);
  }

  @Test
  void refusesASeriesWithoutAValue() {
    for (float[] none : new float[][] {{}, {NAN}, {NAN, NAN, NAN, NAN, NAN}}) {
      assertThatThrownBy(() -> Preparation.none(4).apply(none, "line 3"))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageStartingWith("line 3: expected a value, found ");
    }
  }

  @Test
  void doesNotCountTheMissingValuesAtTheEnd() {
    assertThat(Preparation.none(2).apply(new float[] {1, 2, NAN, NAN}, "")).containsExactly(1, 2);
    assertThat(Preparation.none(4).apply(new float[] {1, NAN, 3, NAN, NAN, NAN}, ""))
        .containsExactly(1, 0, 3, 0);
  }

  @Test
  void refusesALongerSeriesAndSaysWhich() {
    Dataset data = data(new float[][] {{1, 2}, {1, 2, 3}});

    assertThatThrownBy(() -> Preparation.none(2).apply(data))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "a.tsv: series 2: expected at most 2 steps, the model's length, found 3; truncate, or"
                + " use a model of this length");
    assertThatThrownBy(() -> Preparation.none(2).apply(new float[3], "stdin: line 7"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("stdin: line 7: expected at most 2 steps");
  }

  @Test
  void cutsALongerSeriesOnRequest() {
    Preparation cutting = Preparation.of(Normalization.NONE, 2, true, null);

    assertThat(cutting.apply(new float[] {1, 2, 3}, "")).containsExactly(1, 2);
    assertThat(cutting.apply(new float[] {1, 2, Float.POSITIVE_INFINITY}, ""))
        .as("what is cut need not be finite")
        .containsExactly(1, 2);
  }

  @Test
  void refusesInfinity() {
    assertThatThrownBy(
            () -> Preparation.none(3).apply(new float[][] {{0, Float.POSITIVE_INFINITY, 0}}))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(
            "series 1: expected finite values or NaN, found Infinity at step 2");
  }

  @Test
  void scalesEachSeriesByItsOwnMeanAndDeviation() {
    Preparation sample = Preparation.of(Normalization.SAMPLE, 4, false, null);

    // Mean 5, population variance ((-3)^2 + (-1)^2 + 1^2 + 3^2) / 4 = 5.
    float root = (float) Math.sqrt(5);
    assertThat(sample.apply(new float[] {2, 4, 6, 8}, ""))
        .containsExactly(new float[] {-3 / root, -1 / root, 1 / root, 3 / root}, ROUNDING);
  }

  @Test
  void countsFilledValuesInMeanAndDeviation() {
    Preparation sample = Preparation.of(Normalization.SAMPLE, 4, false, null);

    // 2, 0 (missing), 2, 0 (short): mean 1, deviation 1.
    assertThat(sample.apply(new float[] {2, NAN, 2}, ""))
        .containsExactly(new float[] {1, -1, 1, -1}, ROUNDING);
  }

  @Test
  void leavesAConstantSeriesAtZero() {
    Preparation sample = Preparation.of(Normalization.SAMPLE, 3, false, null);

    assertThat(sample.apply(new float[] {7, 7, 7}, "")).containsExactly(0, 0, 0);
  }

  @Test
  void keepsPrecisionFarFromZero() {
    Preparation sample = Preparation.of(Normalization.SAMPLE, 2, false, null);

    assertThat(sample.apply(new float[] {1e7f, 1e7f + 1}, ""))
        .containsExactly(new float[] {-1, 1}, ROUNDING);
  }

  @Test
  void scalesByTheWholeOfTrainAfterFilling() {
    Dataset train = data(new float[][] {{1, 3}, {NAN, 4}});
    Preparation preparation = Preparation.of(Normalization.TRAIN, 2, false, train);

    // 1, 3, 0, 4: mean 2, population variance (1 + 1 + 4 + 4) / 4 = 2.5.
    assertThat(preparation.means()).containsExactly(2.0);
    assertThat(preparation.deviations().get(0)).isCloseTo(Math.sqrt(2.5), Offset.offset(1e-12));
    float root = (float) Math.sqrt(2.5);
    assertThat(preparation.apply(new float[] {7, NAN}, ""))
        .containsExactly(new float[] {5 / root, -2 / root}, ROUNDING);
  }

  @Test
  void needsATrainSetToScaleByIt() {
    assertThatThrownBy(() -> Preparation.of(Normalization.TRAIN, 2, false, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs a TRAIN split");
  }

  @ParameterizedTest
  @EnumSource(Normalization.class)
  void leavesTheGivenArraysAsTheyAre(Normalization normalization) {
    float[][] series = {{1, NAN, 3}};
    Dataset data = data(series);

    float[][] prepared = Preparation.of(normalization, 1, 3, false, data, data).apply(data);

    assertThat(prepared[0]).isNotSameAs(series[0]);
    assertThat(series[0]).containsExactly(1, NAN, 3);
  }

  @Test
  void refusesNumbersThatAreNoScale() {
    assertThatThrownBy(() -> Preparation.none(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Preparation.none(0, 1)).isInstanceOf(IllegalArgumentException.class);
    for (List<Double> scale :
        List.of(List.of(Double.NaN, 1.0), List.of(0.0, Double.NaN), List.of(0.0, -1.0))) {
      assertThatThrownBy(
              () ->
                  new Preparation(
                      1, 1, false, Normalization.TRAIN, scale.subList(0, 1), scale.subList(1, 2)))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(
            () -> new Preparation(2, 1, false, Normalization.TRAIN, List.of(0.0), List.of(1.0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected 2 means and standard deviations, found 1 and 1");
  }

  private static Dataset data(float[][] series) {
    return new Dataset("a", Path.of("a.tsv"), Collections.nCopies(series.length, "1"), series);
  }
}
