package io.github.lstmfcn.chart;

import java.awt.Color;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.DatasetRenderingOrder;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYAreaRenderer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/**
 * A series drawn on its class activation map, with the map as a curve below.
 *
 * @param sample the series and the class to show
 * @param formula how the map is computed, for the second line
 */
public record CamChart(CamSample sample, String formula) {
  private static final int WIDTH = 960;
  private static final int HEIGHT = 520;

  /** The picture, {@code 960 x 520} pixels. */
  public Picture picture() {
    float[] map = sample.cam().map()[sample.shown()];
    SignedColours colours = SignedColours.of(map);
    CombinedDomainXYPlot plots = new CombinedDomainXYPlot(ChartStyle.steps(map.length));
    plots.setGap(10);
    plots.add(seriesOnMap(colours, map), 5);
    plots.add(curve(colours, map), 3);
    JFreeChart chart =
        ChartStyle.chart(sample.title(), List.of(sample.decomposition(), formula), plots);
    chart.addSubtitle(ChartStyle.colourBar(colours, "for the class  –  against the class"));
    return new Picture(chart, WIDTH, HEIGHT);
  }

  private XYPlot seriesOnMap(SignedColours colours, float[] map) {
    XYPlot plot =
        new XYPlot(
            new XYSeriesCollection(ChartStyle.series("series", sample.series())),
            null,
            ChartStyle.values("series"),
            ChartStyle.line(Color.BLACK, map.length));
    ChartStyle.dress(plot);
    plot.setRangeGridlinesVisible(false);
    plot.setBackgroundImage(colours.image(map));
    plot.setBackgroundImageAlpha(1);
    return plot;
  }

  private static XYPlot curve(SignedColours colours, float[] map) {
    XYSeriesCollection signs = new XYSeriesCollection(oneSign("for", map, 1));
    signs.addSeries(oneSign("against", map, -1));
    XYAreaRenderer areas = new XYAreaRenderer(XYAreaRenderer.AREA);
    areas.setSeriesPaint(0, SignedColours.POSITIVE);
    areas.setSeriesPaint(1, SignedColours.NEGATIVE);
    NumberAxis axis = ChartStyle.values("map");
    axis.setRange(-1.05 * colours.limit(), 1.05 * colours.limit());
    XYPlot plot = new XYPlot(signs, null, axis, areas);
    plot.setDataset(1, new XYSeriesCollection(ChartStyle.series("map", map)));
    plot.setRenderer(1, ChartStyle.line(ChartStyle.INK, map.length));
    plot.setDatasetRenderingOrder(DatasetRenderingOrder.FORWARD);
    ChartStyle.dress(plot);
    return plot;
  }

  /**
   * The part of a curve on one side of zero, zero elsewhere, with the points where it crosses zero.
   */
  private static XYSeries oneSign(String name, float[] map, int sign) {
    XYSeries part = new XYSeries(name, /* autoSort= */ false);
    for (int step = 0; step < map.length; step++) {
      part.add(step, sign * map[step] > 0 ? map[step] : 0);
      if (step + 1 < map.length && map[step] * map[step + 1] < 0) {
        part.add(step + map[step] / (map[step] - map[step + 1]), 0);
      }
    }
    return part;
  }
}
