package io.github.lstmfcn.data.format;

import io.github.lstmfcn.text.NumberText;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;

/**
 * Reads the pairs of time and value in a {@code .ts} file. Only the values are used, so the times
 * must be equally spaced, by the same step in all series.
 */
final class TimeStamps {
  /**
   * The tolerance relative to the step, for decimal fractions such as 0.1, which have no exact
   * binary value.
   */
  private static final double TOLERANCE = 1e-6;

  private double step = Double.NaN;

  /**
   * Adds the values of a line to a series.
   *
   * @param end the index at which the label, if any, begins
   */
  void read(char[] text, int end, SeriesBuilder series) {
    int at = 0;
    double previous = Double.NaN;
    while (true) {
      at = skipBlanks(text, at, end);
      int column = series.count() + 1;
      int close = at;
      int comma = -1;
      while (close < end && text[close] != ')') {
        comma = text[close] == ',' ? close : comma;
        close++;
      }
      if (at == end || text[at] != '(' || close == end || comma < 0) {
        throw series.error(
            column,
            "a pair (time,value)",
            NumberText.shown(new String(text, at, Math.min(close + 1, end) - at)),
            "");
      }
      double time = time(new String(text, at + 1, comma - at - 1).strip(), series, column);
      checkStep(time - previous, series, column);
      previous = time;
      String value = new String(text, comma + 1, close - comma - 1).strip();
      series.add(value.toCharArray(), 0, value.length(), column);
      at = skipBlanks(text, close + 1, end);
      if (at == end) {
        return;
      }
      if (text[at++] != ',') {
        throw series.error(
            column, "a comma between pairs", NumberText.shown("" + text[at - 1]), "");
      }
    }
  }

  private static int skipBlanks(char[] text, int from, int end) {
    int at = from;
    while (at < end && Character.isWhitespace(text[at])) {
      at++;
    }
    return at;
  }

  private void checkStep(double found, SeriesBuilder series, int column) {
    if (Double.isNaN(found)) {
      return; // the first of a series
    }
    if (!(found > 0)) {
      throw series.error(
          column, "increasing times", "one that does not increase", "sort the pairs by time");
    }
    if (Double.isNaN(step)) {
      step = found;
    } else if (Math.abs(found - step) > TOLERANCE * step) {
      throw series.error(
          column,
          "times equally spaced, here by " + step,
          "a step of " + found,
          "resample the series, or write ? where a value is missing");
    }
  }

  private static double time(String text, SeriesBuilder series, int column) {
    try {
      double time = Double.parseDouble(text);
      if (Double.isFinite(time)) {
        return time;
      }
      throw new NumberFormatException();
    } catch (NumberFormatException noNumber) {
      try {
        String date = text.replace(' ', 'T');
        LocalDateTime time =
            date.indexOf('T') < 0
                ? LocalDate.parse(date).atStartOfDay()
                : LocalDateTime.parse(date);
        return time.toEpochSecond(ZoneOffset.UTC) + time.get(ChronoField.NANO_OF_SECOND) * 1e-9;
      } catch (DateTimeException noDate) {
        throw series.error(
            column, "a time as a number or as 2024-01-31 12:00:00", NumberText.shown(text), "");
      }
    }
  }
}
