package io.github.lstmfcn.text;

/** Text that is cut in its middle, so that its beginning and its end are still to be read. */
public final class ShortText {
  /** The maximum number of characters of a message, which leaves room for the program's name. */
  public static final int LONGEST_MESSAGE = 480;

  private ShortText() {}

  /**
   * Shortens a text.
   *
   * @param text any text
   * @param most the maximum number of characters, at least 3
   * @return the text if it is not longer; else its ends with {@code …} between them
   */
  public static String of(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int first = most / 2;
    int last = text.length() - (most - first - 1);
    first -= Character.isHighSurrogate(text.charAt(first - 1)) ? 1 : 0;
    last += Character.isLowSurrogate(text.charAt(last)) ? 1 : 0;
    return text.substring(0, first) + "…" + text.substring(last);
  }
}
