package io.github.lstmfcn.chart;

import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYSeriesCollection;

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
    XYPlot plot = new XYPlot(new XYSeriesCollection(), across, down, new XYLineAndShapeRenderer());
    ChartStyle.dress(plot);
    plot.setRangeGridlinesVisible(false);
    plot.setBackgroundImage(colours.image(rows));
    plot.setBackgroundImageAlpha(1);
    JFreeChart chart = ChartStyle.chart(title, List.of(subtitle), plot);
    chart.addSubtitle(ChartStyle.colourBar(colours, ""));
    return new Picture(chart, WIDTH, HEIGHT);
  }
}
