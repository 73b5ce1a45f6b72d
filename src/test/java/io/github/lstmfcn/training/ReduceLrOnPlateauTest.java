package io.github.lstmfcn.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lstmfcn.error.InvalidInputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Beside a table of what the callbacks of Keras 2.0.8 and 2.2.5 do with the same values. */
class ReduceLrOnPlateauTest {
  private static final double[] LOSSES = {
    1, .9, .95, .9, .95, .95, .95, .95, .8, .79995, .9, .9, .9, .9, .9, .9
  };
  private static final double[] ACCURACIES = {.5, .6, .6, .6, .6, .6, .7, .7, .7, .7, .7, .7};

  @ParameterizedTest(name = "{0}, patience {2}, cooldown {3}, {1}")
  @CsvSource({
    "LOSS, KERAS_2_0_8, 2, 0, .1, 1 1 1 1 .5 .5 .25 .25 .25 .25 .25 .125 .125 .1 .1 .1",
    "LOSS, KERAS_2_2_5, 2, 0, .1, 1 1 1 .5 .5 .25 .25 .125 .125 .125 .1 .1 .1 .1 .1 .1",
    "LOSS, KERAS_2_0_8, 1, 2, .01,"
        + " 1 1 1 .5 .5 .5 .25 .25 .25 .25 .125 .125 .125 .0625 .0625 .0625",
    "LOSS, KERAS_2_2_5, 1, 2, .01,"
        + " 1 1 .5 .5 .25 .25 .125 .125 .125 .0625 .0625 .03125 .03125 .015625 .015625 .01",
    "LOSS, KERAS_2_0_8, 0, 0, .1, 1 1 .5 .25 .125 .1 .1 .1 .1 .1 .1 .1 .1 .1 .1 .1",
    "LOSS, KERAS_2_2_5, 0, 0, .1, 1 1 .5 .25 .125 .1 .1 .1 .1 .1 .1 .1 .1 .1 .1 .1",
    "LOSS, KERAS_3, 2, 0, .1, 1 1 1 .5 .5 .25 .25 .125 .125 .125 .1 .1 .1 .1 .1 .1",
    "VAL_ACCURACY, KERAS_2_0_8, 2, 0, .1, 1 1 1 1 .5 .5 .5 .5 .5 .25 .25 .125",
    "VAL_ACCURACY, KERAS_2_2_5, 2, 0, .1, 1 1 1 .5 .5 .25 .25 .25 .125 .125 .1 .1"
  })
  void lowersTheRateAfterTheSameEpochsAsKeras(
      Monitor monitor,
      KerasRelease release,
      int patience,
      int cooldown,
      double minLr,
      String rates) {
    ReduceLrOnPlateau plateau = new ReduceLrOnPlateau(patience, .5, minLr, 1e-4, cooldown);
    ReduceLrOnPlateau.State state = plateau.initial(monitor, 1);
    List<Float> found = new ArrayList<>();
    for (double value : monitor.higherIsBetter() ? ACCURACIES : LOSSES) {
      state = plateau.after(state, value, monitor, release);
      found.add(state.learningRate());
    }

    assertThat(found).isEqualTo(Arrays.stream(rates.split(" ")).map(Float::valueOf).toList());
  }

  @Test
  void holdsTheRateInSinglePrecisionAsKerasDoes() {
    ReduceLrOnPlateau plateau = Recipe.recipe2019().optimization().reduceLrOnPlateau();
    ReduceLrOnPlateau.State state =
        new ReduceLrOnPlateau.State(0, plateau.patience() - 1, 0, 1e-3f);

    float rate = plateau.after(state, 1, Monitor.LOSS, KerasRelease.KERAS_2_2_5).learningRate();

    assertThat(rate).isEqualTo((float) 0.000793700572103262);
  }

  @Test
  void anImprovementSmallerThanMinDeltaDoesNotCount() {
    ReduceLrOnPlateau plateau = new ReduceLrOnPlateau(1, .5, 0, .02, 0);
    ReduceLrOnPlateau.State state = new ReduceLrOnPlateau.State(.05, 0, 0, 1);

    assertThat(plateau.after(state, .04, Monitor.LOSS, KerasRelease.KERAS_2_2_5).learningRate())
        .isEqualTo(.5f);
    assertThat(plateau.after(state, .02, Monitor.LOSS, KerasRelease.KERAS_2_2_5).learningRate())
        .isEqualTo(1f);
  }

  @ParameterizedTest
  @CsvSource({
    "-1, .5, 0, 0, 0, patience",
    "1, 1, 0, 0, 0, factor",
    "1, NaN, 0, 0, 0, factor",
    "1, .5, -1, 0, 0, minLr",
    "1, .5, 0, -1, 0, minDelta",
    "1, .5, 0, 0, -1, cooldown"
  })
  void refusesWhatMakesNoSense(
      int patience, double factor, double minLr, double minDelta, int cooldown, String named) {
    assertThatThrownBy(() -> new ReduceLrOnPlateau(patience, factor, minLr, minDelta, cooldown))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(named + ": expected ");
  }
}
