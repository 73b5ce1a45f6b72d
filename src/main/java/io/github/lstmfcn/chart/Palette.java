package io.github.lstmfcn.chart;

import java.awt.Color;
import java.util.List;

/**
 * The colours of pictures and pages, which colour-blind people can distinguish. Pages need them
 * also where there is no library for charts.
 */
final class Palette {
  /** The palette of Okabe and Ito, without yellow, in an order in which neighbours differ most. */
  static final List<Color> COLOURS =
      List.of(
          new Color(0x0072B2),
          new Color(0xD55E00),
          new Color(0x009E73),
          new Color(0xCC79A7),
          new Color(0x56B4E9),
          new Color(0xE69F00),
          new Color(0x222222));

  /** For what is positive: vermilion. */
  static final Color POSITIVE = COLOURS.get(1);

  /** For what is negative: blue. */
  static final Color NEGATIVE = COLOURS.get(0);

  private Palette() {}
}
