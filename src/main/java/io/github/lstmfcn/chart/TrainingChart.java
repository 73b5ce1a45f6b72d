package io.github.lstmfcn.chart;

import io.github.lstmfcn.training.Epoch;
import io.github.lstmfcn.training.History;
import io.github.lstmfcn.training.Score;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.LogarithmicAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.RectangleAnchor;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;
import org.jfree.svg.SVGGraphics2D;

/**
 * Loss, accuracy and learning rate over the epochs.
 *
 * @param title above the picture
 * @param history at least one epoch
 * @param best the epoch whose weights are kept, from 1; 0 for none
 */
record TrainingChart(String title, History history, int best) {
  private static final int WIDTH = 900;
  private static final int HEIGHT = 760;

  /** Blue and vermilion of Okabe and Ito, told apart by colour-blind people too. */
  private static final List<Color> COLOURS =
      List.of(new Color(0x0072B2), new Color(0xD55E00), new Color(0x009E73));

  private static final Color FRAME = new Color(0xB0B0B0);
  private static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 12);

  /** As pixels, {@code 900 x 760}. */
  BufferedImage image() {
    return chart().createBufferedImage(WIDTH, HEIGHT);
  }

  /** As an SVG element, to stand in a page. */
  String svg() {
    SVGGraphics2D canvas = new SVGGraphics2D(WIDTH, HEIGHT);
    canvas.setDefsKeyPrefix("chart"); // by default it follows the clock
    chart().draw(canvas, new Rectangle2D.Double(0, 0, WIDTH, HEIGHT));
    return canvas.getSVGElement(null, true, null, null, null);
  }

  private JFreeChart chart() {
    NumberAxis epochs = new NumberAxis("epoch");
    epochs.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
    epochs.setAutoRangeIncludesZero(false);
    dress(epochs);
    CombinedDomainXYPlot plots = new CombinedDomainXYPlot(epochs);
    plots.setGap(12);
    plots.add(plot("loss", lossAxis(), scores(Score::loss)), 3);
    plots.add(plot("accuracy", new NumberAxis("accuracy"), scores(Score::accuracy)), 3);
    plots.add(plot("learning rate", new NumberAxis("learning rate"), rates()), 2);
    JFreeChart chart =
        new JFreeChart(title, TEXT.deriveFont(Font.BOLD, 15), plots, /* createLegend= */ true);
    chart.setBackgroundPaint(Color.WHITE);
    chart.getLegend().setFrame(org.jfree.chart.block.BlockBorder.NONE);
    chart.getLegend().setItemFont(TEXT);
    chart.setPadding(new RectangleInsets(8, 8, 8, 16));
    return chart;
  }

  /** Losses fall over orders of magnitude. */
  private ValueAxis lossAxis() {
    boolean positive =
        history.epochs().stream()
            .allMatch(
                epoch ->
                    epoch.training().loss() > 0
                        && epoch.validation().map(Score::loss).orElse(1.0) > 0);
    if (!positive) {
      return new NumberAxis("loss");
    }
    LogarithmicAxis axis = new LogarithmicAxis("loss");
    axis.setNumberFormatOverride(new java.text.DecimalFormat("0.####"));
    return axis;
  }

  private XYPlot plot(String name, ValueAxis axis, XYSeriesCollection series) {
    dress(axis);
    if (axis instanceof NumberAxis linear) {
      linear.setAutoRangeIncludesZero(name.equals("learning rate"));
    }
    XYLineAndShapeRenderer renderer =
        new XYLineAndShapeRenderer(true, history.epochs().size() == 1);
    for (int index = 0; index < series.getSeriesCount(); index++) {
      boolean rate = name.equals("learning rate");
      renderer.setSeriesPaint(index, COLOURS.get(rate ? 2 : index));
      renderer.setSeriesStroke(index, new BasicStroke(1.6f));
      renderer.setSeriesVisibleInLegend(index, name.equals("loss"));
    }
    XYPlot plot = new XYPlot(series, null, axis, renderer);
    plot.setBackgroundPaint(Color.WHITE);
    plot.setRangeGridlinePaint(FRAME);
    plot.setDomainGridlinePaint(FRAME);
    plot.setOutlinePaint(FRAME);
    if (best > 0) {
      plot.addDomainMarker(marker(name.equals("loss") ? "kept" : ""));
    }
    return plot;
  }

  private ValueMarker marker(String label) {
    ValueMarker marker = new ValueMarker(best, Color.DARK_GRAY, new BasicStroke(1f));
    marker.setLabel(label);
    marker.setLabelFont(TEXT);
    boolean right = best * 2 > history.epochs().size();
    marker.setLabelAnchor(right ? RectangleAnchor.TOP_LEFT : RectangleAnchor.TOP_RIGHT);
    marker.setLabelTextAnchor(right ? TextAnchor.TOP_RIGHT : TextAnchor.TOP_LEFT);
    return marker;
  }

  private static void dress(ValueAxis axis) {
    axis.setLabelFont(TEXT);
    axis.setTickLabelFont(TEXT);
    axis.setAxisLinePaint(FRAME);
  }

  private XYSeriesCollection scores(ToDoubleFunction<Score> value) {
    XYSeries training = new XYSeries("training");
    XYSeries validation = new XYSeries("validation");
    for (Epoch epoch : history.epochs()) {
      training.add(epoch.number(), value.applyAsDouble(epoch.training()));
      epoch
          .validation()
          .ifPresent(score -> validation.add(epoch.number(), value.applyAsDouble(score)));
    }
    XYSeriesCollection series = new XYSeriesCollection(training);
    if (!validation.isEmpty()) {
      series.addSeries(validation);
    }
    return series;
  }

  private XYSeriesCollection rates() {
    XYSeries rate = new XYSeries("learning rate");
    history.epochs().forEach(epoch -> rate.add(epoch.number(), epoch.learningRate()));
    return new XYSeriesCollection(rate);
  }
}
