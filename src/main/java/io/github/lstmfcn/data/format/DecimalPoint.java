package io.github.lstmfcn.data.format;

import io.github.lstmfcn.text.NumberText;

/**
 * Detects whether the numbers of a file have a decimal point or a decimal comma. A comma is read as
 * the decimal separator if the user commaRequested for it, or, between semicolons, if no number of
 * the file has a point and at least one number cannot have a thousands separator.
 */
final class DecimalPoint {
  private static final int LONGEST = 400;

  private final boolean commaRequested;
  private boolean points;
  private boolean commas;
  private boolean unambiguous;

  DecimalPoint(boolean commaIsRequested) {
    commaRequested = commaIsRequested;
  }

  /** Whether numbers may have a decimal comma, given the separator of fields. */
  boolean concerns(char separator) {
    return commaRequested || separator == ';';
  }

  /**
   * Parses a number that may have a decimal comma.
   *
   * @throws NumberFormatException if the text is not a number, or has the other decimal separator
   *     than earlier numbers
   */
  float value(char[] text, int offset, int length) {
    int comma = -1;
    boolean point = false;
    for (int i = offset; i < offset + length; i++) {
      if (text[i] == ',') {
        if (comma >= 0) {
          throw new NumberFormatException();
        }
        comma = i;
      }
      point |= text[i] == '.';
    }
    points |= point;
    commas |= comma >= 0;
    if (points && (commas || commaRequested)) {
      throw new NumberFormatException();
    }
    if (comma < 0) {
      return NumberText.value(text, offset, length);
    }
    unambiguous |= !couldBeThousands(text, offset, length, comma);
    char[] pointed = java.util.Arrays.copyOfRange(text, offset, offset + length);
    pointed[comma - offset] = '.';
    return NumberText.value(pointed, 0, length);
  }

  private static boolean couldBeThousands(char[] text, int offset, int length, int comma) {
    int start = text[offset] == '-' || text[offset] == '+' ? offset + 1 : offset;
    int before = comma - start;
    return offset + length - comma == 4 && before >= 1 && before <= 3 && text[start] != '0';
  }

  /** A label; if it is a number with a comma, with a point instead. */
  String label(String text) {
    int comma = text.indexOf(',');
    if (comma < 0 || text.length() > LONGEST) {
      return text;
    }
    String pointed = text.substring(0, comma) + '.' + text.substring(comma + 1);
    return NumberText.number(pointed).isPresent() ? pointed : text;
  }

  /** Whether all commas read so far could as well be thousands separators. */
  boolean isAmbiguous() {
    return commas && !unambiguous && !commaRequested;
  }

  /** The remedy for a number that was refused; empty if its decimal separator is not the cause. */
  String remedy(String text) {
    boolean comma = text.indexOf(',') >= 0;
    if (!comma && commas && !commaRequested && text.indexOf('.') >= 0) {
      return "other numbers of the file have a decimal comma, not a decimal point";
    }
    if (comma && points && !commaRequested) {
      return "other numbers of the file have a decimal point";
    }
    if (commaRequested && text.indexOf('.') >= 0) {
      return "with --decimal-comma no number has a point";
    }
    boolean number = comma && NumberText.number(text.replace(',', '.')).isPresent();
    return number && !commaRequested ? "--decimal-comma reads a comma as the decimal point" : "";
  }
}
