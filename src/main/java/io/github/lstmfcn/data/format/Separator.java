package io.github.lstmfcn.data.format;

import java.util.ArrayList;
import java.util.List;

/** The separator of the fields of a line. */
enum Separator {
  TAB('\t', "tabs"),
  SEMICOLON(';', "semicolons"),
  COMMA(',', "commas"),
  BLANK(' ', "blanks");

  private final char character;
  private final String plural;

  Separator(char character, String plural) {
    this.character = character;
    this.plural = plural;
  }

  char character() {
    return character;
  }

  /**
   * The fields of a line without surrounding blanks and quotes; a doubled quote within quotes is
   * one. Several blanks separate as one.
   */
  List<String> fields(String line) {
    return fields(line, Integer.MAX_VALUE);
  }

  /**
   * The first fields of a line, as {@link #fields(String)}: no more than one beyond a number, so
   * that there are not as many as a hostile line has separators.
   */
  List<String> fields(String line, int most) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    boolean wasQuoted = false;
    boolean blank = true;
    String content = this == BLANK ? line.strip() : line;
    for (int i = 0; i < content.length(); i++) {
      char c = content.charAt(i);
      if (c == '"' && (quoted || blank)) {
        boolean doubled = quoted && i + 1 < content.length() && content.charAt(i + 1) == '"';
        if (doubled) {
          field.append(c);
          blank = false;
          i++;
        } else {
          quoted = !quoted;
          wasQuoted = true;
        }
      } else if (c == character && !quoted) {
        if (this != BLANK || wasQuoted || !field.isEmpty()) {
          fields.add(field.toString().strip());
        }
        if (fields.size() > most) {
          return fields;
        }
        field.setLength(0);
        wasQuoted = false;
        blank = true;
      } else {
        field.append(c);
        blank &= Character.isWhitespace(c);
      }
    }
    fields.add(field.toString().strip());
    return fields;
  }

  /** The plural of its name, for messages. */
  String plural() {
    return plural;
  }

  /** The plural of a separator's name, for messages. */
  static String plural(char character) {
    for (Separator separator : values()) {
      if (separator.character == character) {
        return separator.plural;
      }
    }
    throw new IllegalArgumentException("no separator: " + character);
  }

  /**
   * The separator that a line uses outside quotes: the first one in the order of this enum, or
   * blanks if there is none.
   */
  static Separator of(CharSequence line) {
    Separator found = BLANK;
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      quoted ^= c == '"';
      switch (quoted ? '"' : c) {
        case '\t' -> {
          return TAB;
        }
        case ';' -> found = SEMICOLON;
        case ',' -> found = found == BLANK ? COMMA : found;
        default -> {}
      }
    }
    return found;
  }
}
