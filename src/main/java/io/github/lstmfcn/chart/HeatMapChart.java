package io.github.lstmfcn.chart;

import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;

/**
 * A matrix as colours, with its first row at the top.
 *
 * @param title the title, in the first line
 * @param subtitle the second line
 * @param rows the matrix, float32 {@code [rows][columns]}
 * @param rowAxis the label of the vertical axis, which counts rows
 * @param columnAxis the label of the horizontal axis
 * @param places the number of units of the horizontal axis, each of one or more columns
 */
record HeatMapChart(
    String title, String subtitle, float[][] rows, String rowAxis, String columnAxis, int places) {
  private static final int WIDTH = 960;
  private static final int HEIGHT = 520;

  Picture picture() {
    SignedColours colours = SignedColours.of(rows);
    NumberAxis down = ChartStyle.steps(rows.length);
    down.setLabel(rowAxis);
    down.setInverted(true);
    NumberAxis across = ChartStyle.steps(places);
    across.setLabel(columnAxis);
    JFreeChart chart =
        ChartStyle.chart(
            title, List.of(subtitle), ChartStyle.matrix(colours.image(rows), across, down));
    chart.addSubtitle(ChartStyle.colourBar(colours, ""));
    return new Picture(chart, WIDTH, HEIGHT);
  }
}
