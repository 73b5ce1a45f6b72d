package io.github.lstmfcn.data.format;

/** What stands between the values of a line. */
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

  /** For messages. */
  String plural() {
    return plural;
  }

  /** How a character is called in messages. */
  static String plural(char character) {
    for (Separator separator : values()) {
      if (separator.character == character) {
        return separator.plural;
      }
    }
    throw new IllegalArgumentException("no separator: " + character);
  }

  /**
   * The one that a line uses outside quotes: the first of this enum's order that is in it, else
   * blanks.
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
