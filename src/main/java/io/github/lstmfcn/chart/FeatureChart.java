package io.github.lstmfcn.chart;

import java.awt.Color;
import java.awt.Font;
import java.awt.Shape;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.annotations.XYPointerAnnotation;
import org.jfree.chart.plot.DefaultDrawingSupplier;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/**
 * A scatter plot of series by their first two principal components, coloured by class.
 *
 * @param title the title, in the first line
 * @param components the principal components
 * @param classes the class index of each series
 * @param names the names of the classes
 */
public record FeatureChart(
    String title, PrincipalComponents components, int[] classes, List<String> names) {
  private static final int WIDTH = 960;
  private static final int HEIGHT = 640;
  private static final Color HALF_WHITE = new Color(255, 255, 255, 190);

  /** The picture, {@code 960 x 640} pixels. */
  public Picture picture() {
    XYSeriesCollection points = new XYSeriesCollection();
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(false, true);
    Shape[] shapes = DefaultDrawingSupplier.DEFAULT_SHAPE_SEQUENCE;
    int colours = ChartStyle.COLOURS.size();
    for (int k = 0; k < names.size(); k++) {
      XYSeries ofClass = new XYSeries(names.get(k), /* autoSort= */ false);
      for (int row = 0; row < classes.length; row++) {
        if (classes[row] == k) {
          ofClass.add(components.scores()[row][0], components.scores()[row][1]);
        }
      }
      points.addSeries(ofClass);
      renderer.setSeriesPaint(k, ChartStyle.COLOURS.get(k % colours));
      renderer.setSeriesShape(k, shapes[(k % colours + k / colours) % shapes.length]);
    }
    XYPlot plot =
        new XYPlot(points, ChartStyle.values(axis(0)), ChartStyle.values(axis(1)), renderer);
    ChartStyle.dress(plot);
    plot.setDomainGridlinesVisible(true);
    plot.setDomainGridlinePaint(ChartStyle.FRAME);
    if (names.size() > colours) {
      writeNames(plot);
    }
    JFreeChart chart =
        ChartStyle.chart(
            title,
            List.of("First two principal components of the inputs of the dense layer, by class"),
            plot);
    chart.addSubtitle(ChartStyle.legend(plot));
    return new Picture(chart, WIDTH, HEIGHT);
  }

  /** Writes the name of each class at the median of its points, since colours repeat. */
  private void writeNames(XYPlot plot) {
    for (int k = 0; k < names.size(); k++) {
      int ofClass = k;
      int[] rows =
          IntStream.range(0, classes.length).filter(row -> classes[row] == ofClass).toArray();
      if (rows.length > 0) {
        XYPointerAnnotation name =
            new XYPointerAnnotation(
                names.get(k), median(rows, 0), median(rows, 1), /* angle= */ -Math.PI / 2);
        name.setBaseRadius(7); // above the point, without a pointer
        name.setTipRadius(7);
        name.setArrowLength(0);
        name.setLabelOffset(0);
        name.setTextAnchor(TextAnchor.BOTTOM_CENTER);
        name.setFont(ChartStyle.TEXT.deriveFont(Font.BOLD));
        name.setPaint(ChartStyle.INK);
        name.setBackgroundPaint(HALF_WHITE);
        plot.addAnnotation(name);
      }
    }
  }

  private double median(int[] rows, int component) {
    return IntStream.of(rows)
        .mapToDouble(row -> components.scores()[row][component])
        .sorted()
        .skip(rows.length / 2)
        .findFirst()
        .orElseThrow();
  }

  private String axis(int component) {
    return String.format(
        Locale.ROOT,
        "component %d (%.1f %% of the variance)",
        component + 1,
        100 * components.shares()[component]);
  }
}
