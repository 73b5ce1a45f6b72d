package io.github.lstmfcn.text;

import ch.randelshofer.fastdoubleparser.JavaFloatParser;
import java.math.BigDecimal;
import java.util.Optional;

/** Numbers as the archives write them: values as float32, labels as canonical text. */
public final class NumberText {
  private static final int SHOWN = 40;
  private static final int LONGEST_WHOLE_NUMBER = 40;

  private NumberText() {}

  /**
   * The value of a trimmed text; NaN for {@code ?}, {@code NaN} and {@code NA} in any case.
   *
   * @throws NumberFormatException if it is empty, infinite, or not a decimal number
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

  /** Whether a text stands for a missing value. */
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

  /** A label without the spelling of its file: {@code 1.0000000e+00} is {@code 1}. */
  public static String label(String text) {
    String trimmed = text.strip();
    return number(trimmed)
        .map(BigDecimal::stripTrailingZeros)
        .filter(n -> n.scale() <= 0 && n.precision() - (long) n.scale() <= LONGEST_WHOLE_NUMBER)
        .map(n -> n.toBigInteger().toString())
        .orElse(trimmed);
  }

  /** The number that a label spells, if it spells one. */
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

  /** What an error message shows of a text: in quotes, bounded, control characters escaped. */
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
                shown.append(String.format("\\u%04x", c));
              } else {
                shown.appendCodePoint(c);
              }
            });
    return shown.append(text.codePointCount(0, text.length()) > SHOWN ? "…'" : "'").toString();
  }
}
