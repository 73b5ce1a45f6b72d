package io.github.lstmfcn.data.format;

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
