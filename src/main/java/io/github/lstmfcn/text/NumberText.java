package io.github.lstmfcn.text;

import ch.randelshofer.fastdoubleparser.JavaFloatParser;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;

/** The text of numbers: values are read as float32, labels are brought to a canonical spelling. */
public final class NumberText {
  private static final int SHOWN = 40;
  private static final int LONGEST_WHOLE_NUMBER = 40;

  private NumberText() {}

  /**
   * Parses a trimmed text as a value; {@code ?}, {@code NaN} and {@code NA}, in any case, are NaN.
   *
   * @param text the characters
   * @param offset the index of the first character
   * @param length the number of characters
   * @return the value; NaN if it is missing
   * @throws NumberFormatException if the text is empty, infinite, or not a decimal number
   */
  public static float value(char[] text, int offset, int length) {
    if (length > 0) {
      char last = text[offset + length - 1];
      // Java's grammar also has 1f, 1d, Infinity and hexadecimal; no archive means these.
      boolean decimal = (last >= '0' && last <= '9') || last == '.';
      if (decimal && !isHexadecimal(text, offset, length)) {
        float value = JavaFloatParser.parseFloat(text, offset, length);
        if (!Float.isInfinite(value)) {
          return value;
        }
      } else if (isMissing(text, offset, length)) {
        return Float.NaN;
      }
    }
    throw new NumberFormatException();
  }

  private static boolean isHexadecimal(char[] text, int offset, int length) {
    int sign = text[offset] == '-' || text[offset] == '+' ? 1 : 0;
    return length > sign + 2 && (text[offset + sign + 1] | 0x20) == 'x';
  }

  /**
   * {@return whether a text stands for a missing value}
   *
   * @param text a trimmed text
   */
  public static boolean isMissing(String text) {
    return isMissing(text.toCharArray(), 0, text.length());
  }

  private static boolean isMissing(char[] text, int offset, int length) {
    return (length == 1 && text[offset] == '?')
        || (length == 2 && (text[offset] | 0x20) == 'n' && (text[offset + 1] | 0x20) == 'a')
        || (length == 3
            && (text[offset] | 0x20) == 'n'
            && (text[offset + 1] | 0x20) == 'a'
            && (text[offset + 2] | 0x20) == 'n');
  }

  /**
   * The canonical spelling of a label: {@code 1.0000000e+00} is {@code 1}.
   *
   * @param text the label as it is in the file
   * @return a whole number without fraction and exponent; any other label without blanks around it
   */
  public static String label(String text) {
    String trimmed = text.strip();
    return number(trimmed)
        .map(BigDecimal::stripTrailingZeros)
        .filter(n -> n.scale() <= 0 && n.precision() - (long) n.scale() <= LONGEST_WHOLE_NUMBER)
        .map(n -> n.toBigInteger().toString())
        .orElse(trimmed);
  }

  /**
   * The number that a label represents.
   *
   * @param label a canonical label
   * @return the number; empty if the label is not a number
   */
  public static Optional<BigDecimal> number(String label) {
    if (label.isEmpty() || label.length() > 400 || "+-.0123456789".indexOf(label.charAt(0)) < 0) {
      return Optional.empty();
    }
    try {
      BigDecimal number = new BigDecimal(label);
      return Double.isInfinite(number.doubleValue()) ? Optional.empty() : Optional.of(number);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /**
   * A text as error messages show it: in quotes, shortened, control characters escaped.
   *
   * @param text any text
   * @return one line; {@code nothing} for an empty text
   */
  public static String shown(String text) {
    if (text.isEmpty()) {
      return "nothing";
    }
    StringBuilder shown = new StringBuilder("'");
    text.codePoints()
        .limit(SHOWN)
        .forEach(
            c -> {
              if (Character.isISOControl(c)) {
                shown.append(String.format(Locale.ROOT, "\\u%04x", c));
              } else {
                shown.appendCodePoint(c);
              }
            });
    return shown.append(text.codePointCount(0, text.length()) > SHOWN ? "…'" : "'").toString();
  }
}
