package io.github.lstmfcn.chart;

import java.util.Arrays;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.CombinedRangeXYPlot;

/**
 * Several matrices of the same size side by side, on one colour scale, with their first rows at the
 * top.
 *
 * @param title the title, in the first line
 * @param subtitle the second line
 * @param panels the matrices, float32 {@code [panels][rows][columns]}
 * @param rowAxis the label of the vertical axis, which counts rows
 * @param name what a panel is, as {@code variable}
 */
record HeatMapPanels(
    String title, String subtitle, float[][][] panels, String rowAxis, String name) {
  private static final int WIDTH = 960;
  private static final int HEIGHT = 520;

  /** The size of a font in which twelve names fit side by side. */
  private static final float SMALL = 10.5f;

  Picture picture() {
    SignedColours colours =
        SignedColours.of(Arrays.stream(panels).flatMap(Arrays::stream).toArray(float[][]::new));
    NumberAxis down = ChartStyle.steps(panels[0].length);
    down.setLabel(rowAxis);
    down.setInverted(true);
    CombinedRangeXYPlot plots = new CombinedRangeXYPlot(down);
    plots.setGap(8);
    for (int panel = 0; panel < panels.length; panel++) {
      NumberAxis across = ChartStyle.steps(panels[panel][0].length);
      across.setLabel(name + " " + panel);
      across.setLabelFont(ChartStyle.TEXT.deriveFont(SMALL));
      plots.add(ChartStyle.matrix(colours.image(panels[panel]), across, null));
    }
    JFreeChart chart = ChartStyle.chart(title, List.of(subtitle), plots);
    chart.addSubtitle(ChartStyle.colourBar(colours, ""));
    return new Picture(chart, WIDTH, HEIGHT);
  }
}
