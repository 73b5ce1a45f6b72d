package io.github.lstmfcn.chart;

import java.awt.Color;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.DatasetRenderingOrder;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYAreaRenderer;
import org.jfree.chart.title.PaintScaleLegend;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/**
 * A series drawn on its class activation map, with the map as a curve below; several variables each
 * in a panel of their own, many as a heat map below the curve.
 *
 * @param sample the series and the class to show
 * @param formula how the map is computed, for the second line
 */
public record CamChart(CamSample sample, String formula) {
  /** Up to so many variables have panels of their own. */
  static final int PANELS = 12;

  private static final int WIDTH = 960;
  private static final int HEIGHT = 520;

  /** The height of the panel of one of several variables. */
  private static final int PANEL_HEIGHT = 80;

  /** The height of all else in a picture of several variables. */
  private static final int FRAME_HEIGHT = 280;

  /** The height of a variable in a heat map, which is not lower than a picture of one variable. */
  private static final int ROW_HEIGHT = 6;

  private static final int TALLEST = 1200;

  /**
   * The picture, {@code 960 x 520} pixels for one variable, as wide and of another height for
   * several.
   */
  public Picture picture() {
    float[] map = sample.cam().map()[sample.shown()];
    SignedColours colours = SignedColours.of(map);
    CombinedDomainXYPlot plots = new CombinedDomainXYPlot(ChartStyle.steps(map.length));
    plots.setGap(10);
    PaintScaleLegend bar = ChartStyle.colourBar(colours, "for the class  –  against the class");
    int variables = sample.series().length;
    int height = HEIGHT;
    if (variables == 1) {
      plots.add(seriesOnMap(colours, map, sample.series()[0], "series"), 5);
      plots.add(curve(colours, map), 3);
    } else if (variables <= PANELS) {
      for (int variable = 0; variable < variables; variable++) {
        plots.add(seriesOnMap(colours, map, sample.series()[variable], "variable " + variable), 2);
      }
      plots.add(curve(colours, map), 3);
      height = Math.max(HEIGHT, FRAME_HEIGHT + PANEL_HEIGHT * variables);
    } else {
      SignedColours values = SignedColours.of(sample.series());
      plots.add(curve(colours, map), 2);
      plots.add(heatMap(values), 5);
      bar = ChartStyle.colourBar(values, "value");
      height = Math.max(HEIGHT, Math.min(TALLEST, FRAME_HEIGHT + ROW_HEIGHT * variables));
    }
    JFreeChart chart =
        ChartStyle.chart(sample.title(), List.of(sample.decomposition(), formula), plots);
    bar.setMargin(8, 8, 40 + height - HEIGHT, 0); // as high as beside one variable
    chart.addSubtitle(bar);
    return new Picture(chart, WIDTH, height);
  }

  private XYPlot heatMap(SignedColours values) {
    NumberAxis down = ChartStyle.steps(sample.series().length);
    down.setLabel("variable");
    down.setInverted(true);
    return ChartStyle.matrix(values.image(sample.series()), null, down);
  }

  private static XYPlot seriesOnMap(
      SignedColours colours, float[] map, float[] series, String name) {
    XYPlot plot =
        new XYPlot(
            new XYSeriesCollection(ChartStyle.series("series", series)),
            null,
            ChartStyle.values(name),
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
