package io.github.lstmfcn.report;

import io.github.lstmfcn.chart.ChartStyle;
import io.github.lstmfcn.chart.Picture;
import io.github.lstmfcn.report.statistics.Numbers;
import io.github.lstmfcn.report.statistics.PostHoc;
import io.github.lstmfcn.report.statistics.Ranking;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.jfree.chart.ui.Drawable;

/**
 * A critical-difference diagram: the mean ranks of methods on a line, the best at the left; bars
 * connect methods that do not differ significantly (Demsar 2006, figure 1).
 *
 * @param ranking the ranking of at least two methods that were tested
 * @param narrow whether the diagram is for a narrow screen: all names below the line and no title
 */
record CriticalDifferenceDiagram(Ranking ranking, boolean narrow) implements Drawable {
  private static final int EDGE = 12;
  private static final int AXIS = 70;
  private static final int ROW = 24;
  private static final int BAR = 10;

  private static final Color BAR_COLOUR = ChartStyle.COLOURS.get(1);
  private static final Font TITLE = ChartStyle.TEXT.deriveFont(Font.BOLD, 15);

  /** The wide diagram. */
  CriticalDifferenceDiagram(Ranking ranking) {
    this(ranking, false);
  }

  /** The picture, whose height depends on the number of methods. */
  Picture picture() {
    return new Picture(this, width(), firstRow() + onLeft() * ROW + EDGE);
  }

  private int width() {
    return narrow ? 400 : 900;
  }

  /** The space beside the line, for names in the wide diagram. */
  private int margin() {
    return narrow ? 2 * EDGE : 250;
  }

  /** The number of names at the left. */
  private int onLeft() {
    int methods = ranking.comparison().methods().size();
    return narrow ? methods : (methods + 1) / 2;
  }

  private int firstRow() {
    return AXIS + 24 + ranking.groups().size() * BAR;
  }

  @Override
  public void draw(Graphics2D canvas, Rectangle2D area) {
    canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    canvas.setPaint(Color.WHITE);
    canvas.fill(area);
    canvas.setPaint(ChartStyle.INK);
    canvas.setFont(TITLE);
    if (!narrow) {
      canvas.drawString(title(), EDGE, 24);
    }
    canvas.setFont(ChartStyle.TEXT);
    drawAxis(canvas);
    drawMethods(canvas);
    drawGroups(canvas);
  }

  String title() {
    return "Mean ranks on %s datasets; bars: no difference in %s"
        .formatted(ranking.comparison().sets().size(), ranking.postHoc().title());
  }

  private double place(double rank) {
    int methods = ranking.comparison().methods().size();
    return margin() + (rank - 1) / (methods - 1) * (width() - 2 * margin());
  }

  private void drawAxis(Graphics2D canvas) {
    int methods = ranking.comparison().methods().size();
    line(canvas, 1.2f, place(1), AXIS, place(methods), AXIS);
    for (int rank = 1; rank <= methods; rank++) {
      line(canvas, 1.2f, place(rank), AXIS - 6, place(rank), AXIS);
      centred(canvas, Integer.toString(rank), place(rank), AXIS - 11);
    }
    if (ranking.postHoc() == PostHoc.NEMENYI) {
      double length = ranking.criticalDifference() / (methods - 1) * (width() - 2 * margin());
      double y = AXIS - 30;
      canvas.setPaint(BAR_COLOUR);
      line(canvas, 3, place(1), y, Math.min(width() - EDGE, place(1) + length), y);
      canvas.setPaint(ChartStyle.INK);
      canvas.drawString("CD", (float) (place(1) - 24), (float) y + 4);
    }
  }

  private void drawMethods(Graphics2D canvas) {
    List<Integer> order = ranking.order();
    double[] ranks = ranking.meanRanks();
    int left = onLeft();
    for (int at = order.size() - 1;
        at >= 0;
        at--) { // names are drawn over the lines of later methods
      boolean onLeft = at < left;
      int row = onLeft ? at : order.size() - 1 - at;
      double y = firstRow() + row * ROW;
      double x = place(ranks[order.get(at)]);
      double edge = onLeft ? EDGE : width() - EDGE;
      line(canvas, 1, x, AXIS, x, y);
      line(canvas, 1, x, y, edge, y);
      String rank = Numbers.decimal(2, ranks[order.get(at)]) + "  ";
      String name = ranking.comparison().methods().get(order.get(at));
      // Both are left-aligned, since their widths depend on the fonts of the viewer of an SVG.
      double begin = onLeft ? edge : width() - margin() + EDGE;
      int room = (narrow ? width() : margin()) - 2 * EDGE;
      String label = rank + fitting(canvas, name, room - width(canvas, rank));
      if (narrow) {
        canvas.setPaint(Color.WHITE);
        canvas.fill(new Rectangle2D.Double(begin, y - ROW + 6, width(canvas, label), ROW - 8));
        canvas.setPaint(ChartStyle.INK);
      }
      canvas.drawString(label, (float) begin, (float) y - 4);
    }
  }

  private void drawGroups(Graphics2D canvas) {
    List<Integer> order = ranking.order();
    double[] ranks = ranking.meanRanks();
    canvas.setPaint(BAR_COLOUR);
    double y = AXIS + 12;
    for (Ranking.Group group : ranking.groups()) {
      double first = place(ranks[order.get(group.first())]) - 4;
      double last = place(ranks[order.get(group.last())]) + 4;
      line(canvas, 4, first, y, last, y);
      y += BAR;
    }
  }

  private static void line(
      Graphics2D canvas, float width, double fromX, double fromY, double toX, double toY) {
    canvas.setStroke(new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
    canvas.draw(new Line2D.Double(fromX, fromY, toX, toY));
  }

  private static void centred(Graphics2D canvas, String text, double x, double y) {
    canvas.drawString(text, (float) (x - width(canvas, text) / 2.0), (float) y);
  }

  private static int width(Graphics2D canvas, String text) {
    FontMetrics metrics = canvas.getFontMetrics();
    return metrics.stringWidth(text);
  }

  private static String fitting(Graphics2D canvas, String name, int width) {
    String text = name;
    while (width(canvas, text) > width) {
      text = text.substring(0, text.length() - 2) + "…";
    }
    return text;
  }
}
