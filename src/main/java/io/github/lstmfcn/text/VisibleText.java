package io.github.lstmfcn.text;

import java.util.Locale;

/**
 * Text from a file made safe for a terminal: characters that would move its cursor, change its
 * colours or turn the text around are escaped.
 */
public final class VisibleText {
  private static final String BIDIRECTIONAL =
      "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e" + "\u2066\u2067\u2068\u2069";

  private VisibleText() {}

  /**
   * Escapes a text and puts it on one line: line ends become spaces; other control characters,
   * characters that change the direction or the joining of text, and halves of characters become
   * {@code \}{@code u001b} and the like.
   *
   * @param text any text
   * @return the escaped text
   */
  public static String of(String text) {
    StringBuilder visible = null;
    for (int index = 0; index < text.length(); ) {
      int character = text.codePointAt(index);
      int next = index + Character.charCount(character);
      if (isPlain(character)) {
        if (visible != null) {
          visible.appendCodePoint(character);
        }
        index = next;
        continue;
      }
      if (visible == null) {
        visible = new StringBuilder(text.length() + 16).append(text, 0, index);
      }
      if (isLineEnd(character)) {
        boolean pair = character == '\r' && next < text.length() && text.charAt(next) == '\n';
        visible.append(' ');
        index = pair ? next + 1 : next;
      } else {
        for (; index < next; index++) {
          visible.append(escaped(text.charAt(index)));
        }
      }
    }
    return visible == null ? text : visible.toString();
  }

  /** {@return a character as JSON and Java escape it} */
  public static String escaped(char character) {
    return String.format(Locale.ROOT, "\\u%04x", (int) character);
  }

  /**
   * {@return whether a character acts on a terminal: a control character, line ends and tab
   * included, or one that changes the direction of text}
   *
   * @param character the character, which is no half of one
   */
  public static boolean isActive(char character) {
    return Character.isISOControl(character) || BIDIRECTIONAL.indexOf(character) >= 0;
  }

  private static boolean isPlain(int character) {
    if (character == '\t') {
      return true;
    }
    int type = Character.getType(character);
    return type != Character.CONTROL
        && type != Character.FORMAT
        && type != Character.SURROGATE
        && !isLineEnd(character)
        && (character & 0xFFFE) != 0xFFFE;
  }

  private static boolean isLineEnd(int character) {
    return (character >= '\n' && character <= '\r')
        || character == 0x85
        || character == 0x2028
        || character == 0x2029;
  }
}
