package io.github.lstmfcn.text;

import java.util.Locale;

/** Text from a file made safe for a terminal: characters that would move its cursor are escaped. */
public final class VisibleText {

  private VisibleText() {}

  /**
   * Escapes a text and puts it on one line: line ends become spaces; other control characters, and
   * characters that change the direction or the joining of text, become {@code \}{@code u001b} and
   * the like.
   *
   * @param text any text
   * @return the escaped text
   */
  public static String of(String text) {
    StringBuilder visible = null;
    for (int index = 0; index < text.length(); index++) {
      char character = text.charAt(index);
      if (isPlain(character)) {
        if (visible != null) {
          visible.append(character);
        }
        continue;
      }
      if (visible == null) {
        visible = new StringBuilder(text.length() + 16).append(text, 0, index);
      }
      if (isLineEnd(character)) {
        boolean pair = character == '\r' && index + 1 < text.length();
        index += pair && text.charAt(index + 1) == '\n' ? 1 : 0;
        visible.append(' ');
      } else {
        visible.append(String.format(Locale.ROOT, "\\u%04x", (int) character));
      }
    }
    return visible == null ? text : visible.toString();
  }

  private static boolean isPlain(char character) {
    return character == '\t'
        || (!isLineEnd(character)
            && !Character.isISOControl(character)
            && Character.getType(character) != Character.FORMAT);
  }

  private static boolean isLineEnd(char character) {
    return (character >= '\n' && character <= '\r')
        || character == 0x85
        || character == 0x2028
        || character == 0x2029;
  }
}
