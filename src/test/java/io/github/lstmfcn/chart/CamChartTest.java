package io.github.lstmfcn.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lstmfcn.explain.ClassActivationMap;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is drawn where; the numbers have tests of their own. */
class CamChartTest {

  /** The first half speaks for class 0, the second against it; class 1 the other way round. */
  private static CamSample sample(int length, int shown) {
    return sample(1, length, shown, true);
  }

  private static CamSample sample(int variables, int length, int shown, boolean recurrent) {
    float[] map = new float[length];
    float[] opposite = new float[length];
    float[] series = new float[length];
    for (int step = 0; step < length; step++) {
      map[step] = step < length / 2 ? 3 : -3;
      opposite[step] = -map[step];
      series[step] = (float) Math.sin(step);
    }
    ClassActivationMap cam =
        new ClassActivationMap(
            new float[][] {map, opposite},
            new float[] {2, -2},
            new float[] {1, 0},
            new float[] {-1, 0.25f},
            new float[] {2, -1.75f},
            new float[] {0.977f, 0.023f});
    float[][] rows = new float[variables][];
    Arrays.fill(rows, series);
    return new CamSample("CBF TEST", 7, "b", List.of("a", "b"), rows, cam, shown, recurrent);
  }

  @Test
  void titlesTellPredictionTruthProbabilityAndParts() {
    CamSample sample = sample(24, 0);

    assertThat(sample.title())
        .isEqualTo("CBF TEST, sample 7: predicted a (p = 0.977), true class b");
    assertThat(sample.decomposition())
        .isEqualTo(
            "Class a, p = 0.977: logit 2.00 = convolutions 2.00 + LSTM 1.00 + bias -1.00;"
                + " the LSTM's share is 25 %");
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 24, 176, 1639})
  void stepsForTheClassAreOrangeAndStepsAgainstItBlue(int length) {
    BufferedImage image = new CamChart(sample(length, 0), "map").picture().image();

    assertThat(image.getWidth()).isEqualTo(960);
    assertThat(image.getHeight()).isEqualTo(520);
    // Just below the upper frame, where the series is not.
    assertThat(colourAt(image, 0.25)).isEqualTo(SignedColours.POSITIVE);
    assertThat(colourAt(image, 0.75)).isEqualTo(SignedColours.NEGATIVE);
  }

  @Test
  void anotherClassIsAnotherMap() {
    BufferedImage image = new CamChart(sample(24, 1), "map").picture().image();

    assertThat(colourAt(image, 0.25)).isEqualTo(SignedColours.NEGATIVE);
    assertThat(colourAt(image, 0.75)).isEqualTo(SignedColours.POSITIVE);
  }

  /** At a share of the plot's width; the plot is between the axis and the bar of colours. */
  private static Color colourAt(BufferedImage image, double share) {
    int from = 75;
    int to = 865;
    return new Color(image.getRGB((int) (from + share * (to - from)), 69));
  }

  @Test
  void theVectorsHoldTheTextTheLineAndTheColours() {
    Picture picture = new CamChart(sample(24, 0), "right map").picture();

    assertThat(picture.svg())
        .startsWith("<svg ")
        .contains("viewBox=\"0 0 960 520\"")
        .contains("CBF TEST, sample 7: predicted a", "right map", "<image ")
        .isEqualTo(picture.svg());
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 12})
  void eachOfUpToTwelveVariablesHasAPanelOnTheMap(int variables) {
    Picture picture = new CamChart(sample(variables, 24, 0, true), "map").picture();

    assertThat(picture.height()).isEqualTo(variables == 2 ? 520 : 1240);
    assertThat(colourAt(picture.image(), 0.25)).isEqualTo(SignedColours.POSITIVE);
    assertThat(colourAt(picture.image(), 0.75)).isEqualTo(SignedColours.NEGATIVE);
    assertThat(picture.svg().split("<image ", -1)).hasSize(variables + 1);
  }

  @Test
  void moreVariablesAreAHeatMapBelowTheMap() {
    Picture picture = new CamChart(sample(13, 24, 0, true), "map").picture();

    assertThat(picture.height()).isEqualTo(520);
    assertThat(picture.svg()).contains("<image ").isEqualTo(picture.svg());
  }

  @Test
  void withoutARecurrentBranchNothingIsSaidOfAnLstm() {
    assertThat(sample(1, 24, 0, false).decomposition())
        .isEqualTo("Class a, p = 0.977: logit 2.00 = convolutions 2.00 + bias -1.00");
  }

  @Test
  void zeroIsWhiteAndTheLimitFull() {
    SignedColours colours = SignedColours.of(new float[] {-2, 1, 0});

    assertThat(colours.limit()).isEqualTo(2);
    assertThat(colours.colour(0)).isEqualTo(Color.WHITE);
    assertThat(colours.colour(-2)).isEqualTo(SignedColours.NEGATIVE);
    assertThat(colours.colour(9)).isEqualTo(SignedColours.POSITIVE);
    assertThat(colours.colour(1)).isNotEqualTo(Color.WHITE).isNotEqualTo(SignedColours.POSITIVE);
    assertThat(SignedColours.of(new float[3]).colour(0)).isEqualTo(Color.WHITE);
  }

  @Test
  void aClassThatTheModelLacksIsRefused() {
    assertThatThrownBy(() -> sample(24, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected the index of one of 2 classes and a map of each, found 2 and 2 maps");
  }
}
