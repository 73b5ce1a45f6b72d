package io.github.lstmfcn.chart;

import java.util.List;
import java.util.function.Function;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/**
 * The contexts of one or more series over the steps, on demand with the series and their products.
 *
 * @param title the title, in the first line
 * @param formula how the context is computed, in the second line
 * @param samples the series with their contexts, at least one
 * @param sequence whether the series, and the series times their contexts, are drawn too
 */
public record ContextChart(
    String title, String formula, List<ContextSample> samples, boolean sequence) {
  private static final int WIDTH = 960;

  /** The largest number of names in the legend. */
  private static final int NAMED = 14;

  /** The picture, {@code 960 x 640} pixels, or {@code 960 x 300} for the context alone. */
  public Picture picture() {
    int length = samples.get(0).context().length;
    CombinedDomainXYPlot plots = new CombinedDomainXYPlot(ChartStyle.steps(length));
    plots.setGap(10);
    if (sequence) {
      plots.add(plot("series", ContextSample::series));
    }
    plots.add(plot("context", ContextSample::context));
    if (sequence) {
      plots.add(plot("series × context", ContextSample::attended));
    }
    JFreeChart chart = ChartStyle.chart(title, List.of(formula), plots);
    if (samples.size() <= NAMED) {
      chart.addSubtitle(ChartStyle.legend(plots));
    }
    return new Picture(chart, WIDTH, sequence ? 640 : 300);
  }

  private XYPlot plot(String name, Function<ContextSample, float[]> values) {
    XYSeriesCollection lines = new XYSeriesCollection();
    XYLineAndShapeRenderer renderer =
        ChartStyle.line(ChartStyle.INK, samples.get(0).context().length);
    renderer.setAutoPopulateSeriesStroke(false);
    renderer.setDefaultStroke(renderer.getSeriesStroke(0));
    for (int index = 0; index < samples.size(); index++) {
      ContextSample sample = samples.get(index);
      XYSeries line = ChartStyle.series(sample.title(), values.apply(sample));
      lines.addSeries(line);
      renderer.setSeriesPaint(index, ChartStyle.COLOURS.get(index % ChartStyle.COLOURS.size()));
      renderer.setSeriesVisibleInLegend(index, name.equals("context"));
    }
    XYPlot plot = new XYPlot(lines, null, ChartStyle.values(name), renderer);
    ChartStyle.dress(plot);
    return plot;
  }
}
