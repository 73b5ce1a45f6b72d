package io.github.lstmfcn.data.format;

import io.github.lstmfcn.text.NumberText;

/**
 * What marks the fraction of a file's numbers. A comma is taken for it if that was asked for, or
 * between semicolons where no number of the file has a point and at least one cannot be meant in
 * thousands.
 */
final class DecimalPoint {
  private static final int LONGEST = 400;

  private final boolean asked;
  private boolean points;
  private boolean commas;
  private boolean clear;

  DecimalPoint(boolean commaAsked) {
    asked = commaAsked;
  }

  /** Whether numbers between these separators need a look. */
  boolean concerns(char separator) {
    return asked || separator == ';';
  }

  /**
   * The value of a number that may have a comma.
   *
   * @throws NumberFormatException if it is none, or has the other mark than those before it
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
    if (points && (commas || asked)) {
      throw new NumberFormatException();
    }
    if (comma < 0) {
      return NumberText.value(text, offset, length);
    }
    clear |= !couldBeThousands(text, offset, length, comma);
    char[] pointed = java.util.Arrays.copyOfRange(text, offset, offset + length);
    pointed[comma - offset] = '.';
    return NumberText.value(pointed, 0, length);
  }

  private static boolean couldBeThousands(char[] text, int offset, int length, int comma) {
    int start = text[offset] == '-' || text[offset] == '+' ? offset + 1 : offset;
    int before = comma - start;
    return offset + length - comma == 4 && before >= 1 && before <= 3 && text[start] != '0';
  }

  /** A label, with a point if it is a number with a comma. */
  String label(String text) {
    int comma = text.indexOf(',');
    if (comma < 0 || text.length() > LONGEST) {
      return text;
    }
    String pointed = text.substring(0, comma) + '.' + text.substring(comma + 1);
    return NumberText.number(pointed).isPresent() ? pointed : text;
  }

  /** Whether commas were read that could as well be meant in thousands. */
  boolean isUnclear() {
    return commas && !clear && !asked;
  }

  /** Why a number was refused, for the remedy; empty if its mark is not to blame. */
  String remedy(String text) {
    boolean comma = text.indexOf(',') >= 0;
    if (!comma && commas && !asked && text.indexOf('.') >= 0) {
      return "other numbers of the file have a decimal comma, not a decimal point";
    }
    if (comma && points && !asked) {
      return "other numbers of the file have a decimal point";
    }
    if (asked && text.indexOf('.') >= 0) {
      return "with --decimal-comma no number has a point";
    }
    boolean number = comma && NumberText.number(text.replace(',', '.')).isPresent();
    return number && !asked ? "--decimal-comma reads a comma as the decimal point" : "";
  }
}
