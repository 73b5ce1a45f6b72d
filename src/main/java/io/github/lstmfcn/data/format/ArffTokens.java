package io.github.lstmfcn.data.format;

import io.github.lstmfcn.text.NumberText;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits a line of an {@code .arff} file as Weka and SciPy do: fields are separated by commas, or
 * by blanks and tabs if the line has no comma; either kind of quote encloses a field, in which a
 * backslash escapes; {@code %} outside quotes begins a comment.
 */
final class ArffTokens {
  /** A field: its text without quotes and surrounding blanks. */
  record Token(String text, boolean quoted) {}

  private final String line;
  private int at;

  private ArffTokens(String line, int from) {
    this.line = line;
    at = from;
  }

  /**
   * The fields of a line.
   *
   * @throws IllegalArgumentException if a quote is not closed or is followed by text; the message
   *     says what
   */
  static List<Token> of(String line) {
    return of(line, Integer.MAX_VALUE);
  }

  /**
   * The first fields of a line, as {@link #of(String)}: no more than one beyond a number, so that
   * there are not as many as a hostile line has commas.
   */
  static List<Token> of(String line, int most) {
    String content = withoutComment(line);
    boolean commas = hasOutsideQuotes(content, ',');
    ArffTokens tokens = new ArffTokens(content, 0);
    return commas ? tokens.betweenCommas(most) : tokens.betweenBlanks(most);
  }

  /** The line up to a {@code %} outside quotes, without surrounding blanks. */
  static String withoutComment(String line) {
    int comment = indexOutsideQuotes(line, '%', 0);
    return (comment < 0 ? line : line.substring(0, comment)).strip();
  }

  /** The index of the first occurrence of a character outside quotes; -1 if there is none. */
  static int indexOutsideQuotes(String line, char wanted, int from) {
    for (int i = from; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == wanted) {
        return i;
      }
      if (c == '\'' || c == '"') {
        i = closingQuote(line, i);
        if (i < 0) {
          return -1;
        }
      }
    }
    return -1;
  }

  private static boolean hasOutsideQuotes(String line, char wanted) {
    return indexOutsideQuotes(line, wanted, 0) >= 0;
  }

  /** The index of the quote that closes the quote at an index; -1 if there is none. */
  static int closingQuote(String line, int open) {
    for (int i = open + 1; i < line.length(); i++) {
      if (line.charAt(i) == '\\') {
        i++;
      } else if (line.charAt(i) == line.charAt(open)) {
        return i;
      }
    }
    return -1;
  }

  private List<Token> betweenCommas(int most) {
    List<Token> tokens = new ArrayList<>();
    do {
      skipBlanks();
      tokens.add(isQuote() ? quoted() : new Token(upTo(true), false));
      skipBlanks();
      if (at < line.length() && line.charAt(at) != ',') {
        throw new IllegalArgumentException(
            NumberText.shown(line.substring(at)) + " after a closing quote");
      }
    } while (at++ < line.length() && tokens.size() <= most);
    return tokens;
  }

  private List<Token> betweenBlanks(int most) {
    List<Token> tokens = new ArrayList<>();
    for (skipBlanks(); at < line.length() && tokens.size() <= most; skipBlanks()) {
      tokens.add(isQuote() ? quoted() : new Token(upTo(false), false));
    }
    return tokens;
  }

  private void skipBlanks() {
    while (at < line.length() && Character.isWhitespace(line.charAt(at))) {
      at++;
    }
  }

  private boolean isQuote() {
    return at < line.length() && (line.charAt(at) == '\'' || line.charAt(at) == '"');
  }

  private String upTo(boolean comma) {
    int start = at;
    while (at < line.length()
        && (comma ? line.charAt(at) != ',' : !Character.isWhitespace(line.charAt(at)))) {
      at++;
    }
    return line.substring(start, at).strip();
  }

  private Token quoted() {
    int close = closingQuote(line, at);
    if (close < 0) {
      throw new IllegalArgumentException("a quote that is not closed");
    }
    String text = unescaped(line.substring(at + 1, close));
    at = close + 1;
    return new Token(text, true);
  }

  /** The text between quotes with its escapes resolved. */
  static String unescaped(String text) {
    if (text.indexOf('\\') < 0) {
      return text;
    }
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        c = text.charAt(++i);
        plain.append(c == 't' ? '\t' : c == 'n' ? '\n' : c == 'r' ? '\r' : c);
      } else {
        plain.append(c);
      }
    }
    return plain.toString();
  }
}
