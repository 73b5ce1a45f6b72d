package io.github.lstmfcn.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lstmfcn.model.GateActivation;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.Orientation;
import io.github.lstmfcn.model.Subsampling;
import java.awt.Color;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

/** What is drawn of an attention, and how its axes are named. */
class AttentionChartTest {
  private static final float[][] ALPHA = {
    {0.25f, 0.65f, 0.05f, 0.05f}, {1, 0, 0, 0}, {0.25f, 0.25f, 0.25f, 0.25f}, {0, 0, 1, 0}
  };

  private static AttentionChart chart(boolean... masked) {
    return new AttentionChart("title", new AttentionAxes("variable", "step"), ALPHA, masked);
  }

  /** The colour in a cell's middle; the plot is between the axis and the bar of colours. */
  private static Color colourAt(BufferedImage image, int row, int column) {
    double x = 62 + (column + 0.5) / 4 * (860 - 62);
    double y = 67 + (row + 0.5) / 4 * (668 - 67);
    return new Color(image.getRGB((int) x, (int) y));
  }

  @Test
  void anEqualShareIsWhiteAndMoreIsOrange() {
    BufferedImage image = chart(false, false, false, false).picture().image();

    assertThat(colourAt(image, 2, 3)).isEqualTo(Color.WHITE);
    assertThat(colourAt(image, 3, 2)).isEqualTo(SignedColours.POSITIVE);
    Color less = colourAt(image, 1, 3);
    assertThat(less.getBlue()).isGreaterThan(less.getRed());
  }

  @Test
  void aMaskedStepIsGreyAsARowShadedAsAColumnAndNamed() {
    Picture picture = chart(false, true, false, false).picture();
    BufferedImage image = picture.image();

    Color row = colourAt(image, 1, 3);
    assertThat(row.getRed()).isEqualTo(row.getBlue()).isEqualTo(row.getGreen()).isLessThan(255);
    assertThat(colourAt(image, 2, 1)).isNotEqualTo(Color.WHITE);
    assertThat(picture.svg()).contains("attended to (grey): variable 1").isEqualTo(picture.svg());
    assertThat(chart(new boolean[4]).picture().svg()).contains("No variable is masked");
  }

  @Test
  void axesAreNamedForWhatTheRecurrentLayerTakes() {
    ModelSpec spec = ModelSpec.of(ModelKind.MALSTM_FCN, 6, 9, 2, 2, GateActivation.HARD_SIGMOID);
    ModelSpec overSteps = spec.with(spec.recurrent().with(Orientation.OVER_STEPS));
    Subsampling subsampling = Subsampling.ofTheOriginal(6, 2);

    assertThat(AttentionAxes.of(spec)).isEqualTo(new AttentionAxes("variable", "step"));
    assertThat(AttentionAxes.of(overSteps)).isEqualTo(new AttentionAxes("step", "variable"));
    assertThat(AttentionAxes.of(spec.with(spec.recurrent().with(subsampling))))
        .isEqualTo(new AttentionAxes("filter", "subsampled step"));
    assertThat(AttentionAxes.of(overSteps.with(overSteps.recurrent().with(subsampling))))
        .isEqualTo(new AttentionAxes("subsampled step", "filter"));
  }

  @Test
  void coloursAboutACentreAreThoseOfTheDistance() {
    CentredColours colours = CentredColours.of(0.5, new float[] {0.3f, Float.NaN, 0.9f});

    assertThat(colours.getLowerBound()).isEqualTo(0.3f);
    assertThat(colours.getUpperBound()).isEqualTo(0.9f);
    assertThat(colours.getPaint(0.5)).isEqualTo(Color.WHITE);
    assertThat(colours.getPaint(0.9f)).isEqualTo(SignedColours.POSITIVE);
    assertThat(colours.getPaint(Double.NaN)).isEqualTo(Color.LIGHT_GRAY);
  }
}
