package io.github.lstmfcn.chart;

import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.SymbolAxis;

/**
 * The factors of a squeeze-and-excite as colours, a row for each class and series. White is 0.5,
 * the factor of a channel for which the layers answer 0.
 *
 * @param title the title, in the first line
 * @param samples the factors
 */
record ScaleChart(String title, ScaleSamples samples) {
  static final double NEUTRAL = 0.5;
  private static final int WIDTH = 960;
  private static final int LEAST = 320;
  private static final int MOST = 1600;
  private static final int MARGIN = 140;
  private static final int ROW = 18;

  Picture picture() {
    float[][] rows = samples.rows();
    CentredColours colours = CentredColours.of(NEUTRAL, rows);
    NumberAxis across = ChartStyle.steps(rows[0].length);
    across.setLabel("filter");
    SymbolAxis down = new SymbolAxis(null, samples.names().toArray(String[]::new));
    down.setRange(-0.5, rows.length - 0.5);
    down.setInverted(true);
    down.setGridBandsVisible(false);
    ChartStyle.dress(down);
    JFreeChart chart =
        ChartStyle.chart(
            title,
            List.of("The factor of each filter's output, the mean of each class and of series"),
            ChartStyle.matrix(colours.image(rows), across, down));
    chart.addSubtitle(ChartStyle.colourBar(colours, "factor; 0.5 is white"));
    int height = Math.max(LEAST, Math.min(MOST, MARGIN + ROW * rows.length));
    return new Picture(chart, WIDTH, height);
  }
}
