package io.github.lstmfcn.data;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import java.util.Arrays;
import java.util.Optional;

/**
 * Turns the fields of a line into a label and values while they are split, straight from the
 * splitter's buffer: no text of a value is ever made, which is what makes reading fast.
 *
 * <p>Gives nothing for a blank line.
 */
abstract class RowHandler extends AbstractBaseCsvCallbackHandler<Optional<Row>> {
  private final Place place;
  private final char separator;
  private float[] values = new float[512];
  private int count;
  private long line;
  private int column;
  private int firstEmpty;
  private String label;

  /**
   * @param separator blanks may repeat; tabs and blanks may end a line
   */
  RowHandler(Place place, char separator) {
    this.place = place;
    this.separator = separator;
  }

  /** Takes a field that is not blank: trimmed, at {@link #column()}. */
  abstract void take(char[] text, int offset, int length);

  /** Whether the row is as it should be; called once all its fields were taken. */
  abstract void check();

  @Override
  protected final void handleBegin(long startingLineNumber) {
    line = startingLineNumber;
    count = 0;
    column = 0;
    firstEmpty = 0;
    label = null;
  }

  @Override
  protected final void handleField(int index, char[] text, int offset, int length, boolean quoted) {
    int start = offset;
    int end = offset + length;
    while (start < end && isWhite(text[start])) {
      start++;
    }
    while (start < end && isWhite(text[end - 1])) {
      end--;
    }
    if (start < end || quoted) {
      takeAfterEmpty(text, start, end - start);
    } else if (separator != ' ') {
      column++;
      firstEmpty = firstEmpty == 0 ? column : firstEmpty;
    }
  }

  /** Control characters are not: they are what binary data has. */
  private static boolean isWhite(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\f';
  }

  private void takeAfterEmpty(char[] text, int offset, int length) {
    if (firstEmpty != 0) {
      throw emptyField();
    }
    column++;
    take(text, offset, length);
  }

  @Override
  protected final Optional<Row> buildRecord() {
    boolean blank = column == 0 || (firstEmpty == 1 && (column == 1 || separator == '\t'));
    if (blank) {
      return Optional.empty();
    }
    if (firstEmpty != 0 && separator != '\t') {
      throw emptyField();
    }
    check();
    return Optional.of(new Row(label == null ? "" : label, Arrays.copyOf(values, count)));
  }

  private InvalidInputException emptyField() {
    return place.at(
        line, firstEmpty, "a value", "an empty field", "write NaN or ? where a value is missing");
  }

  /** Appends a value. */
  final void addValue(char[] text, int offset, int length) {
    if (count == values.length) {
      values = Arrays.copyOf(values, 2 * count);
    }
    try {
      values[count++] = NumberText.value(text, offset, length);
    } catch (NumberFormatException e) {
      String found = NumberText.shown(new String(text, offset, length));
      throw error("a finite number, NaN or ?", found, "");
    }
  }

  /** Sets the label. */
  final void setLabel(char[] text, int offset, int length) {
    label = NumberText.label(new String(text, offset, length));
  }

  /** The label, or null if none was met yet. */
  final String label() {
    return label;
  }

  /** How many values the line has so far. */
  final int count() {
    return count;
  }

  /** Which field of the line, from 1; blanks as separators count once. */
  final int column() {
    return column;
  }

  /** The error in the current field. */
  final InvalidInputException error(String expected, String found, String remedy) {
    return place.at(line, column, expected, found, remedy);
  }

  /** The error of the current line as a whole. */
  final InvalidInputException lineError(String expected, String found, String remedy) {
    return place.at(line, expected, found, remedy);
  }
}
