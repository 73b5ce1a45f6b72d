package io.github.lstmfcn.report.statistics;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Formats numbers for reports. */
public final class Numbers {
  /** The largest number of names in a listing; further names are counted. */
  private static final int LISTED = 10;

  private Numbers() {}

  /** A decimal number, as {@code 0.8593}; empty for NaN. */
  public static String decimal(int digits, double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%." + digits + "f", value);
  }

  /** A whole number with its sign, as {@code +3}. */
  public static String signed(int value) {
    return value == 0 ? "0" : String.format(Locale.ROOT, "%+d", value);
  }

  /** A decimal number with its sign, as {@code +0.0031}. */
  public static String signed(int digits, double value) {
    return String.format(Locale.ROOT, "%+." + digits + "f", value);
  }

  /** A p-value, as {@code 0.0312}, or {@code 1.2e-07} where four digits would be zero. */
  public static String pValue(double value) {
    return String.format(Locale.ROOT, value < 5e-4 && value > 0 ? "%.1e" : "%.4f", value);
  }

  /** A number with its noun, as {@code 1 dataset} or {@code 2 datasets}. */
  public static String count(int number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }

  /** A list of names, as {@code a; b; c and 7 more}. */
  public static String listing(List<String> things) {
    String first = things.stream().limit(LISTED).collect(Collectors.joining("; "));
    return things.size() > LISTED ? first + " and " + (things.size() - LISTED) + " more" : first;
  }
}
