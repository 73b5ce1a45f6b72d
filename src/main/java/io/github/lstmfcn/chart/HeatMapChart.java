package io.github.lstmfcn.chart;

import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYSeriesCollection;

/**
 * A matrix as colours, its first row on top.
 *
 * @param title the first line
 * @param subtitle the second
 * @param rows float32 {@code [rows][columns]}
 * @param rowAxis what the rows are
 * @param columnAxis what the columns are, {@code places} of them
 * @param places into which the columns are divided
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
