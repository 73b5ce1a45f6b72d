package io.github.lstmfcn.chart;

import io.github.lstmfcn.training.Epoch;
import io.github.lstmfcn.training.History;
import io.github.lstmfcn.training.Score;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.LogarithmicAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.RectangleAnchor;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/**
 * Loss, accuracy and learning rate over the epochs.
 *
 * @param title the title of the picture
 * @param history the history, of at least one epoch
 * @param best the epoch whose weights are selected, from 1; 0 for none
 */
record TrainingChart(String title, History history, int best) {
  private static final int WIDTH = 900;
  private static final int HEIGHT = 760;

  /**
   * The width of a single panel, chosen so that its text is readable at the width of a telephone.
   */
  private static final int PANEL_WIDTH = 460;

  private static final int PANEL_HEIGHT = 280;

  private enum Panel {
    LOSS,
    ACCURACY,
    LEARNING_RATE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /** The three panels as one image, {@code 900 x 760} pixels. */
  BufferedImage image() {
    CombinedDomainXYPlot plots = new CombinedDomainXYPlot(epochs());
    plots.setGap(12);
    plots.add(plot(Panel.LOSS, true), 3);
    plots.add(plot(Panel.ACCURACY, false), 3);
    plots.add(plot(Panel.LEARNING_RATE, false), 2);
    return new Picture(chart(title, plots), WIDTH, HEIGHT).image();
  }

  /** The panels as SVG elements, for a page. */
  List<String> svgs() {
    return Stream.of(Panel.values()).map(this::svg).toList();
  }

  private String svg(Panel panel) {
    XYPlot plot = plot(panel, panel != Panel.LEARNING_RATE);
    plot.setDomainAxis(epochs());
    String name = panel.name().toLowerCase(Locale.ROOT);
    return new Picture(chart("" + panel, plot), PANEL_WIDTH, PANEL_HEIGHT).svg(name);
  }

  private static JFreeChart chart(String title, Plot plot) {
    JFreeChart chart = ChartStyle.chart(title, List.of(), plot);
    chart.addSubtitle(ChartStyle.legend(plot));
    return chart;
  }

  private static NumberAxis epochs() {
    NumberAxis axis = ChartStyle.values("epoch");
    axis.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
    axis.setNumberFormatOverride(ChartStyle.numbers("0"));
    return axis;
  }

  /** A logarithmic axis, since losses fall over orders of magnitude, unless a loss is zero. */
  private ValueAxis lossAxis() {
    boolean positive =
        history.epochs().stream()
            .allMatch(
                epoch ->
                    epoch.training().loss() > 0
                        && epoch.validation().map(Score::loss).orElse(1.0) > 0);
    if (!positive) {
      return ChartStyle.values("loss");
    }
    LogarithmicAxis axis = new LogarithmicAxis("loss");
    axis.setNumberFormatOverride(ChartStyle.numbers("0.####"));
    ChartStyle.dress(axis);
    return axis;
  }

  private ValueAxis axis(Panel panel) {
    if (panel == Panel.LOSS) {
      return lossAxis();
    }
    NumberAxis axis = ChartStyle.values("" + panel);
    if (panel == Panel.LEARNING_RATE) {
      axis.setAutoRangeIncludesZero(true);
      axis.setNumberFormatOverride(ChartStyle.numbers("0.######"));
    }
    return axis;
  }

  /**
   * A panel without its axis of epochs.
   *
   * @param named whether the legend names its lines
   */
  private XYPlot plot(Panel panel, boolean named) {
    XYSeriesCollection series =
        switch (panel) {
          case LOSS -> scores(Score::loss);
          case ACCURACY -> scores(Score::accuracy);
          case LEARNING_RATE -> rates();
        };
    XYLineAndShapeRenderer renderer =
        new XYLineAndShapeRenderer(true, history.epochs().size() == 1);
    renderer.setDrawSeriesLineAsPath(true);
    for (int index = 0; index < series.getSeriesCount(); index++) {
      int colour = panel == Panel.LEARNING_RATE ? 2 : index;
      renderer.setSeriesPaint(index, ChartStyle.COLOURS.get(colour));
      renderer.setSeriesStroke(index, new BasicStroke(1.6f));
      renderer.setSeriesVisibleInLegend(index, named);
    }
    XYPlot plot = new XYPlot(series, null, axis(panel), renderer);
    ChartStyle.dress(plot);
    plot.setDomainGridlinesVisible(true);
    plot.setDomainGridlinePaint(ChartStyle.FRAME);
    if (best > 0) {
      plot.addDomainMarker(marker(named ? "selected" : "", panel == Panel.ACCURACY));
    }
    return plot;
  }

  private ValueMarker marker(String label, boolean low) {
    ValueMarker marker = new ValueMarker(best, ChartStyle.INK, new BasicStroke(1f));
    marker.setLabel(label.isEmpty() ? null : label);
    marker.setLabelFont(ChartStyle.TEXT);
    marker.setLabelPaint(ChartStyle.INK);
    marker.setLabelBackgroundColor(new Color(0, 0, 0, 0));
    boolean right = best * 2 > history.epochs().size();
    if (low) { // below the curves, since accuracies end at the top
      marker.setLabelAnchor(right ? RectangleAnchor.BOTTOM_LEFT : RectangleAnchor.BOTTOM_RIGHT);
      marker.setLabelTextAnchor(right ? TextAnchor.BOTTOM_RIGHT : TextAnchor.BOTTOM_LEFT);
    } else {
      marker.setLabelAnchor(right ? RectangleAnchor.TOP_LEFT : RectangleAnchor.TOP_RIGHT);
      marker.setLabelTextAnchor(right ? TextAnchor.TOP_RIGHT : TextAnchor.TOP_LEFT);
    }
    return marker;
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
