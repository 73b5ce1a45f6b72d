package io.github.lstmfcn.chart;

import java.awt.Color;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.IntervalMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.ui.Layer;

/**
 * The shares of an attention as colours: a row for each step that the recurrent layer takes, a
 * column for each step that it attends to. An equal share is white.
 *
 * @param title the title, in the first line
 * @param axes what a step is
 * @param alpha float32 {@code [steps][steps]}
 * @param masked the steps that the mask leaves out, which are grey as rows and shaded as columns
 */
record AttentionChart(String title, AttentionAxes axes, float[][] alpha, boolean[] masked) {
  private static final int WIDTH = 960;
  private static final int HEIGHT = 720;
  private static final Color SHADE = new Color(128, 128, 128);
  private static final float SHADE_OPACITY = 0.3f;

  /** The picture, {@code 960 x 720} pixels. */
  Picture picture() {
    float[][] taken = taken(alpha, masked);
    CentredColours colours = CentredColours.of(1.0 / alpha.length, taken);
    NumberAxis across = ChartStyle.steps(alpha.length);
    across.setLabel("attended " + axes.step());
    NumberAxis down = ChartStyle.steps(alpha.length);
    down.setLabel(axes.step());
    down.setInverted(true);
    XYPlot plot = ChartStyle.matrix(colours.image(taken), across, down);
    for (int step = 0; step < masked.length; step++) {
      if (masked[step]) {
        plot.addDomainMarker(
            new IntervalMarker(
                step - 0.5, step + 0.5, SHADE, ChartStyle.THIN, null, null, SHADE_OPACITY),
            Layer.FOREGROUND);
      }
    }
    JFreeChart chart = ChartStyle.chart(title, List.of(meaning(), maskedSteps()), plot);
    chart.addSubtitle(ChartStyle.colourBar(colours, "share in the context"));
    return new Picture(chart, WIDTH, HEIGHT);
  }

  private String meaning() {
    return "The share of each %s in the context of each %s; an equal share, 1/%s, is white"
        .formatted(axes.step(), axes.step(), alpha.length);
  }

  private String maskedSteps() {
    String numbers =
        IntStream.range(0, masked.length)
            .filter(step -> masked[step])
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(", "));
    return numbers.isEmpty()
        ? "No %s is masked".formatted(axes.step())
        : "Masked, so not taken, but still attended to (grey): " + axes.step() + " " + numbers;
  }

  /** The shares with NaN in the rows of masked steps, where they have no effect. */
  static float[][] taken(float[][] alpha, boolean[] masked) {
    float[][] taken = alpha.clone();
    for (int step = 0; step < masked.length; step++) {
      if (masked[step]) {
        taken[step] = new float[alpha.length];
        Arrays.fill(taken[step], Float.NaN);
      }
    }
    return taken;
  }
}
