package io.github.lstmfcn.report.statistics;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Numbers as a report shows them. */
public final class Numbers {
  /** Names beyond these are counted. */
  private static final int LISTED = 10;

  private Numbers() {}

  /** {@code 0.8593}; empty for what is no number. */
  public static String decimal(int digits, double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%." + digits + "f", value);
  }

  /** {@code +3}. */
  public static String signed(int value) {
    return value == 0 ? "0" : String.format(Locale.ROOT, "%+d", value);
  }

  /** {@code +0.0031}. */
  public static String signed(int digits, double value) {
    return String.format(Locale.ROOT, "%+." + digits + "f", value);
  }

  /** {@code 0.0312}, or {@code 1.2e-07} where four digits say nothing. */
  public static String pValue(double value) {
    return String.format(Locale.ROOT, value < 5e-4 && value > 0 ? "%.1e" : "%.4f", value);
  }

  /** {@code 1 set}, {@code 2 sets}. */
  public static String count(int number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }

  /** {@code a; b; c and 7 more}. */
  public static String listing(List<String> things) {
    String first = things.stream().limit(LISTED).collect(Collectors.joining("; "));
    return things.size() > LISTED ? first + " and " + (things.size() - LISTED) + " more" : first;
  }
}
