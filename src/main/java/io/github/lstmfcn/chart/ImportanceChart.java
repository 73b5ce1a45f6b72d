package io.github.lstmfcn.chart;

import io.github.lstmfcn.explain.Interval;
import io.github.lstmfcn.explain.PermutationImportance;
import io.github.lstmfcn.explain.VariableImportance;
import java.util.List;
import java.util.function.Function;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.DatasetRenderingOrder;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.StandardXYBarPainter;
import org.jfree.chart.renderer.xy.XYBarRenderer;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.data.xy.XYIntervalSeries;
import org.jfree.data.xy.XYIntervalSeriesCollection;

/**
 * The importance of each variable as bars with intervals: the drop in accuracy above, the rise of
 * the loss below.
 *
 * @param title the title, in the first line
 * @param subtitle the second line
 * @param importance the importance of the variables
 */
record ImportanceChart(String title, String subtitle, PermutationImportance importance) {
  private static final int WIDTH = 960;
  private static final int HEIGHT = 560;
  private static final double HALF_BAR = 0.35;

  /** The picture, {@code 960 x 560} pixels. */
  Picture picture() {
    NumberAxis across = ChartStyle.steps(importance.variables().size());
    across.setLabel("variable");
    CombinedDomainXYPlot plots = new CombinedDomainXYPlot(across);
    plots.setGap(12);
    plots.add(plot("drop in accuracy", VariableImportance::accuracyDrop));
    plots.add(plot("rise of the loss", VariableImportance::lossRise));
    JFreeChart chart = ChartStyle.chart(title, List.of(subtitle), plots);
    return new Picture(chart, WIDTH, HEIGHT);
  }

  private XYPlot plot(String name, Function<VariableImportance, Interval> value) {
    XYIntervalSeries bars = new XYIntervalSeries(name);
    XYIntervalSeries intervals = new XYIntervalSeries("95 % interval");
    for (VariableImportance variable : importance.variables()) {
      Interval interval = value.apply(variable);
      int at = variable.variable();
      bars.add(at, at - HALF_BAR, at + HALF_BAR, interval.mean(), interval.mean(), interval.mean());
      intervals.add(at, at, at, interval.mean(), interval.low(), interval.high());
    }
    NumberAxis axis = ChartStyle.values(name);
    axis.setAutoRangeIncludesZero(true);
    XYPlot plot = new XYPlot(collection(bars), null, axis, bars());
    plot.setDataset(1, collection(intervals));
    plot.setRenderer(1, whiskers());
    plot.setDatasetRenderingOrder(DatasetRenderingOrder.FORWARD);
    ChartStyle.dress(plot);
    return plot;
  }

  private static XYIntervalSeriesCollection collection(XYIntervalSeries series) {
    XYIntervalSeriesCollection collection = new XYIntervalSeriesCollection();
    collection.addSeries(series);
    return collection;
  }

  private static XYBarRenderer bars() {
    XYBarRenderer bars = new XYBarRenderer();
    bars.setBarPainter(new StandardXYBarPainter());
    bars.setShadowVisible(false);
    bars.setSeriesPaint(0, ChartStyle.COLOURS.get(0));
    return bars;
  }

  private static XYErrorRenderer whiskers() {
    XYErrorRenderer whiskers = new XYErrorRenderer();
    whiskers.setDrawXError(false);
    whiskers.setSeriesShapesVisible(0, false);
    whiskers.setSeriesPaint(0, ChartStyle.INK);
    whiskers.setErrorPaint(ChartStyle.INK);
    whiskers.setCapLength(6);
    return whiskers;
  }
}
