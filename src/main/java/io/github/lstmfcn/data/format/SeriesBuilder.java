package io.github.lstmfcn.data.format;

import io.github.lstmfcn.data.Dataset;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.text.NumberText;
import java.util.Arrays;

/** Collects the values of the line that is being read, and creates the exceptions for it. */
final class SeriesBuilder {
  /** The maximum number of values, which bounds the memory on input without line ends. */
  private static final int LONGEST = 1 << 22;

  private final Place place;
  private float[] values = new float[512];
  private int count;
  private long line;

  SeriesBuilder(Place place) {
    this.place = place;
  }

  /** Begins a line. */
  void begin(long number) {
    line = number;
    count = 0;
  }

  /** The number of values of the line so far. */
  int count() {
    return count;
  }

  /** Appends a value. */
  void add(float value) {
    if (count == values.length) {
      grow();
    }
    values[count++] = value;
  }

  private void grow() {
    if (count == LONGEST) {
      throw error("at most " + LONGEST + " values", "more", "is it text with one series per line?");
    }
    values = Arrays.copyOf(values, 2 * count);
  }

  /**
   * Parses a trimmed text and appends its value.
   *
   * @throws InvalidInputException if the text is not a number
   */
  void add(char[] text, int offset, int length, int column) {
    try {
      add(NumberText.value(text, offset, length));
    } catch (NumberFormatException e) {
      String found = NumberText.shown(new String(text, offset, length));
      throw error(
          column,
          "a finite number, NaN or ?",
          found,
          length == 0 ? "write NaN or ? where a value is missing" : "");
    }
  }

  /**
   * The row of the line.
   *
   * @throws InvalidInputException if all values are missing
   */
  Row row(String label) {
    float[] series = Arrays.copyOf(values, count);
    if (Dataset.isMissing(series)) {
      throw error(
          "at least one value of the series",
          count == 0 ? "none" : "only missing values",
          "leave the line out");
    }
    return new Row(place.linesBefore() + line, label, series);
  }

  /** The exception for a field. */
  InvalidInputException error(int column, String expected, String found, String remedy) {
    return place.at(line, column, expected, found, remedy);
  }

  /** The exception for the whole line. */
  InvalidInputException error(String expected, String found, String remedy) {
    return place.at(line, expected, found, remedy);
  }

  /**
   * The canonical spelling of a label.
   *
   * @throws InvalidInputException if the label has bytes that are not UTF-8
   */
  String label(String text) {
    if (text.indexOf('\uFFFD') >= 0) {
      throw error("a label in UTF-8", NumberText.shown(text), "save the file as UTF-8");
    }
    return NumberText.label(text);
  }
}
