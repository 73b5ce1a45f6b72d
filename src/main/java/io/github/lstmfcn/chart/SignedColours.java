package io.github.lstmfcn.chart;

import java.awt.Color;
import java.awt.Paint;
import java.awt.image.BufferedImage;
import org.jfree.chart.renderer.PaintScale;

/**
 * A colour scale with orange for positive, blue for negative and white for zero, which colour-blind
 * people can distinguish (vermilion and blue of Okabe and Ito).
 *
 * @param limit the value, positive, from which on the colour is full
 * @param negative whether there are negative values
 */
record SignedColours(double limit, boolean negative) implements PaintScale {
  static final Color POSITIVE = Palette.POSITIVE;
  static final Color NEGATIVE = Palette.NEGATIVE;

  /** The smallest width of an image in pixels, so that scaling does not blur its steps. */
  private static final int FINE_WIDTH = 1600;

  private static final int FINE_HEIGHT = 800;

  /** The scale on which the largest magnitude of the values has the full colour. */
  static SignedColours of(float[]... rows) {
    float smallest = 0;
    float largest = 0;
    for (float[] row : rows) {
      for (float value : row) {
        smallest = Math.min(smallest, value);
        largest = Math.max(largest, value);
      }
    }
    float limit = Math.max(largest, -smallest);
    return new SignedColours(limit > 0 ? limit : 1, smallest < 0);
  }

  /** The colour of a value; grey for NaN. */
  Color colour(double value) {
    if (Double.isNaN(value)) {
      return Color.LIGHT_GRAY;
    }
    double share = Math.min(1, Math.abs(value) / limit);
    Color end = value < 0 ? NEGATIVE : POSITIVE;
    return new Color(
        mixed(end.getRed(), share), mixed(end.getGreen(), share), mixed(end.getBlue(), share));
  }

  private static int mixed(int full, double share) {
    return (int) Math.round(255 + share * (full - 255));
  }

  /** An image with one cell per value; a single row is one pixel high. */
  BufferedImage image(float[]... rows) {
    int columns = rows[0].length;
    int wide = Math.max(1, (FINE_WIDTH + columns - 1) / columns);
    int high = rows.length == 1 ? 1 : Math.max(1, (FINE_HEIGHT + rows.length - 1) / rows.length);
    BufferedImage image =
        new BufferedImage(columns * wide, rows.length * high, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        image.setRGB(x, y, colour(rows[y / high][x / wide]).getRGB());
      }
    }
    return image;
  }

  @Override
  public double getLowerBound() {
    return negative ? -limit : 0;
  }

  @Override
  public double getUpperBound() {
    return limit;
  }

  @Override
  public Paint getPaint(double value) {
    return colour(value);
  }
}
