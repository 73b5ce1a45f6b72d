package io.github.lstmfcn.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Stroke;
import java.awt.image.BufferedImage;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.text.NumberFormat;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.AxisLocation;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.PaintScale;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.title.PaintScaleLegend;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** The common style of all pictures. */
public final class ChartStyle {
  /** The colour of text and axes. */
  public static final Color INK = new Color(0x222222);

  static final Color FRAME = new Color(0xB0B0B0);

  /** The font of all text but titles. */
  public static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 12);

  /** Lines of more steps than this are denser than the pixels and are drawn thin. */
  private static final int DENSE = 300;

  private static final Stroke LINE = new BasicStroke(1.6f);
  static final Stroke THIN = new BasicStroke(0.9f);

  /** The colours of lines and areas, in their order. */
  public static final List<Color> COLOURS = Palette.COLOURS;

  private ChartStyle() {}

  /** A chart without a legend. */
  static JFreeChart chart(String title, List<String> subtitles, Plot plot) {
    JFreeChart chart = new JFreeChart(title, TEXT.deriveFont(Font.BOLD, 15), plot, false);
    left(chart.getTitle());
    for (String subtitle : subtitles) {
      TextTitle line = new TextTitle(subtitle, TEXT);
      left(line);
      chart.addSubtitle(line);
    }
    chart.setBackgroundPaint(Color.WHITE);
    chart.setPadding(new RectangleInsets(8, 8, 8, 12));
    return chart;
  }

  private static void left(TextTitle title) {
    title.setHorizontalAlignment(HorizontalAlignment.LEFT);
    title.setPosition(RectangleEdge.TOP);
    title.setPaint(INK);
    title.setExpandToFitSpace(true);
    title.setTextAlignment(HorizontalAlignment.LEFT);
    title.setPadding(1, 4, 1, 4);
  }

  /** A legend with the names of a plot's series, below the plot. */
  static LegendTitle legend(Plot plot) {
    LegendTitle legend = new LegendTitle(plot);
    legend.setFrame(BlockBorder.NONE);
    legend.setItemFont(TEXT);
    legend.setPosition(RectangleEdge.BOTTOM);
    return legend;
  }

  /** A colour bar at the right. */
  static PaintScaleLegend colourBar(PaintScale scale, String label) {
    NumberAxis axis = values(label);
    axis.setRange(scale.getLowerBound(), scale.getUpperBound());
    PaintScaleLegend bar = new PaintScaleLegend(scale, axis);
    bar.setSubdivisionCount(128);
    bar.setStripWidth(12);
    bar.setStripOutlineVisible(false);
    bar.setAxisLocation(AxisLocation.BOTTOM_OR_RIGHT);
    bar.setPosition(RectangleEdge.RIGHT);
    bar.setMargin(8, 8, 40, 0);
    return bar;
  }

  /** Numbers in ASCII digits and with a decimal point, whatever the locale. */
  static NumberFormat numbers(String pattern) {
    return new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ROOT));
  }

  /** An axis of {@code length} steps, with half a step of space at both ends. */
  static NumberAxis steps(int length) {
    NumberAxis axis = new NumberAxis("step");
    axis.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
    axis.setNumberFormatOverride(numbers("0"));
    axis.setRange(-0.5, length - 0.5);
    dress(axis);
    return axis;
  }

  static NumberAxis values(String label) {
    NumberAxis axis = new NumberAxis(label);
    axis.setAutoRangeIncludesZero(false);
    axis.setStandardTickUnits(NumberAxis.createStandardTickUnits(Locale.ROOT));
    dress(axis);
    return axis;
  }

  static void dress(ValueAxis axis) {
    axis.setLabelFont(TEXT);
    axis.setTickLabelFont(TEXT);
    axis.setLabelPaint(INK);
    axis.setTickLabelPaint(INK);
    axis.setAxisLinePaint(FRAME);
  }

  static void dress(XYPlot plot) {
    plot.setBackgroundPaint(Color.WHITE);
    plot.setRangeGridlinePaint(FRAME);
    plot.setDomainGridlinesVisible(false);
    plot.setOutlinePaint(FRAME);
  }

  /**
   * A plot of a matrix.
   *
   * @param image the matrix as an image
   * @param across the horizontal axis; null if several plots share one
   * @param down the vertical axis; null if several plots share one
   */
  static XYPlot matrix(BufferedImage image, ValueAxis across, ValueAxis down) {
    XYPlot plot = new XYPlot(new XYSeriesCollection(), across, down, new XYLineAndShapeRenderer());
    dress(plot);
    plot.setRangeGridlinesVisible(false);
    plot.setBackgroundImage(image);
    plot.setBackgroundImageAlpha(1);
    return plot;
  }

  /** A renderer for one line over the steps; a dot if there is only one step. */
  static XYLineAndShapeRenderer line(Color colour, int length) {
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, length == 1);
    renderer.setDrawSeriesLineAsPath(true);
    renderer.setSeriesPaint(0, colour);
    renderer.setSeriesStroke(0, length > DENSE ? THIN : LINE);
    return renderer;
  }

  /** A series of values over the steps. */
  static XYSeries series(String name, float[] values) {
    XYSeries series = new XYSeries(name, /* autoSort= */ false);
    for (int step = 0; step < values.length; step++) {
      series.add(step, values[step]);
    }
    return series;
  }
}
