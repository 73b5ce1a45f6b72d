package io.github.lstmfcn.data.format;

import io.github.lstmfcn.data.Dataset;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.text.NumberText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Collects the values of the line that is being read, variable by variable, and creates the
 * exceptions for it.
 */
final class SeriesBuilder {
  /** The maximum number of values, which bounds the memory on input without line ends. */
  private static final int LONGEST = 1 << 22;

  /** The maximum number of variables; published datasets have up to 1,345. */
  static final int MOST_VARIABLES = 1 << 16;

  private static final String LEAVE_OUT = "leave the line out";

  private final Place place;
  private final List<float[]> variables = new ArrayList<>();
  private float[] values = new float[512];
  private int count;
  private long line;

  /** The variable that is being read, from 1; 0 in univariate series. */
  private int variable;

  SeriesBuilder(Place place) {
    this.place = place;
  }

  /** Begins a line. */
  void begin(long number) {
    line = number;
    count = 0;
    variable = 0;
    variables.clear();
  }

  /**
   * Begins the next variable of the line.
   *
   * @throws InvalidInputException as {@link #endVariables} for the variable before
   */
  void beginVariable() {
    if (variable > 0) {
      endVariable();
    }
    variable++;
    count = 0;
    if (variable > MOST_VARIABLES) {
      throw tooManyVariables();
    }
  }

  /** The exception for a line of more variables than can be. */
  InvalidInputException tooManyVariables() {
    return place.at(
        line,
        "at most " + MOST_VARIABLES + " variables",
        "more",
        "is it text with one series per line?");
  }

  private void endVariable() {
    if (variable > 1 && count != variables.get(0).length) {
      throw error(
          variables.get(0).length + " values, as in variable 1",
          Integer.toString(count),
          "write ? where a value is missing");
    }
    float[] steps = Arrays.copyOf(values, count);
    if (Dataset.isMissing(steps)) {
      throw error("at least one value", count == 0 ? "none" : "only missing values", LEAVE_OUT);
    }
    variables.add(steps);
  }

  /**
   * Ends the last variable.
   *
   * @throws InvalidInputException if the variable has no value, or more or fewer steps than the
   *     first one
   */
  void endVariables() {
    endVariable();
    variable = 0;
  }

  /** The number of values of the line so far; in multivariate series those of the variable. */
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
    if (!variables.isEmpty()) {
      return new Row(place.linesBefore() + line, label, variables.toArray(float[][]::new));
    }
    float[] series = Arrays.copyOf(values, count);
    if (Dataset.isMissing(series)) {
      throw error(
          "at least one value of the series",
          count == 0 ? "none" : "only missing values",
          LEAVE_OUT);
    }
    return new Row(place.linesBefore() + line, label, new float[][] {series});
  }

  /** The exception for a field. */
  InvalidInputException error(int column, String expected, String found, String remedy) {
    return variable == 0
        ? place.at(line, column, expected, found, remedy)
        : place.at(line, variable, column, expected, found, remedy);
  }

  /** The exception for the whole line. */
  InvalidInputException error(String expected, String found, String remedy) {
    return variable == 0
        ? place.at(line, expected, found, remedy)
        : place.inVariable(line, variable, expected, found, remedy);
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
    String label = NumberText.label(text);
    if (label.length() > LabelCheck.LONGEST) {
      throw error(LabelCheck.SHORT, NumberText.shown(label), "");
    }
    return label;
  }
}
