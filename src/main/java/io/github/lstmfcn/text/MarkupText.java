package io.github.lstmfcn.text;

/** Text from a file made fit for XML and HTML, which do not allow some characters even escaped. */
public final class MarkupText {
  private static final char REPLACEMENT = '\uFFFD';

  private MarkupText() {}

  /**
   * Replaces what XML 1.0 does not allow: control characters except tab and line ends, halves of
   * characters, U+FFFE and U+FFFF.
   *
   * @param text any text
   * @return the text with U+FFFD in the place of such characters; it is still to be escaped
   */
  public static String of(String text) {
    StringBuilder allowed = null;
    for (int index = 0; index < text.length(); ) {
      int character = text.codePointAt(index);
      if (!isAllowed(character)) {
        allowed = allowed == null ? new StringBuilder(text) : allowed;
        allowed.setCharAt(index, REPLACEMENT); // which is not of two halves
      }
      index += Character.charCount(character);
    }
    return allowed == null ? text : allowed.toString();
  }

  private static boolean isAllowed(int character) {
    return character == '\t'
        || character == '\n'
        || character == '\r'
        || (character >= ' ' && character < Character.MIN_SURROGATE)
        || (character > Character.MAX_SURROGATE && character < 0xFFFE)
        || character > 0xFFFF;
  }
}
