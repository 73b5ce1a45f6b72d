package io.github.lstmfcn.chart;

import java.awt.Paint;
import java.awt.image.BufferedImage;
import org.jfree.chart.renderer.PaintScale;

/**
 * A colour scale that is white at a value other than zero: orange above it, blue below it, grey for
 * NaN.
 *
 * @param centre the value that is white
 * @param low the smallest value
 * @param high the largest value
 */
record CentredColours(double centre, double low, double high) implements PaintScale {

  /** The scale of the values that are not NaN, full at the largest distance from the centre. */
  static CentredColours of(double centre, float[]... rows) {
    double low = centre;
    double high = centre;
    for (float[] row : rows) {
      for (float value : row) {
        low = value < low ? value : low; // false for NaN
        high = value > high ? value : high;
      }
    }
    return new CentredColours(centre, low, high);
  }

  private SignedColours distances() {
    double limit = Math.max(high - centre, centre - low);
    return new SignedColours(limit > 0 ? limit : 1, true);
  }

  /** An image with one cell per value. */
  BufferedImage image(float[]... rows) {
    float[][] distances = new float[rows.length][];
    for (int row = 0; row < rows.length; row++) {
      distances[row] = rows[row].clone();
      for (int column = 0; column < distances[row].length; column++) {
        distances[row][column] -= (float) centre;
      }
    }
    return distances().image(distances);
  }

  @Override
  public double getLowerBound() {
    return low;
  }

  @Override
  public double getUpperBound() {
    return high > low ? high : low + 1;
  }

  @Override
  public Paint getPaint(double value) {
    return distances().colour(value - centre);
  }
}
