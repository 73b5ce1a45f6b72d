package io.github.lstmfcn.explain;

import java.awt.Color;
import java.awt.Paint;
import java.awt.image.BufferedImage;
import org.jfree.chart.renderer.PaintScale;

/**
 * Orange for positive, blue for negative, white for zero: told apart by colour-blind people too
 * (vermilion and blue of Okabe and Ito).
 *
 * @param limit the value of the full colour, positive; values beyond it have it too
 */
record SignedColours(double limit) implements PaintScale {
  static final Color POSITIVE = new Color(0xD55E00);
  static final Color NEGATIVE = new Color(0x0072B2);

  /** Pixels that a row of colours has at least, so that scaling does not blur its steps. */
  private static final int FINE = 1600;

  /** The scale whose full colours are the largest magnitude of the values. */
  static SignedColours of(float[]... rows) {
    float largest = 0;
    for (float[] row : rows) {
      for (float value : row) {
        largest = Math.max(largest, Math.abs(value));
      }
    }
    return new SignedColours(largest > 0 ? largest : 1);
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

  /** A column a value, a row of pixels a row. */
  BufferedImage image(float[]... rows) {
    int width = rows[0].length;
    int each = Math.max(1, (FINE + width - 1) / width);
    BufferedImage image = new BufferedImage(width * each, rows.length, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < rows.length; y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        image.setRGB(x, y, colour(rows[y][x / each]).getRGB());
      }
    }
    return image;
  }

  @Override
  public double getLowerBound() {
    return -limit;
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
