package io.github.lstmfcn.data.format;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.Locale;

/**
 * The format of a text file.
 *
 * @param kind the kind of format
 * @param separator the separator of delimited text; null for the other formats
 */
public record DatasetFormat(Kind kind, Separator separator) {
  /** The kinds of text formats. */
  public enum Kind {
    /** One series per line. */
    DELIMITED,
    TS,
    ARFF,
    /** One line per step of a series. */
    LONG,
    /** One array of arrays per line. */
    JSON
  }

  /**
   * Detects the format by the file's name, or by the beginning of the text if the name leaves it
   * open.
   *
   * @param name the format that the file's name states
   * @param text the text, whose position is not changed
   * @return the format
   * @throws IOException if the text cannot be read
   */
  public static DatasetFormat of(FileName.Kind name, BufferedReader text) throws IOException {
    return switch (name) {
      case TS -> new DatasetFormat(Kind.TS, null);
      case ARFF -> new DatasetFormat(Kind.ARFF, null);
      case TSV -> ofBeginning(firstLine(text), Separator.TAB);
      default -> ofBeginning(firstLine(text), null);
    };
  }

  private static DatasetFormat ofBeginning(String line, Separator named) {
    if (line.startsWith("@")) {
      return new DatasetFormat(ofDirective(line), null);
    }
    if (named == null && JsonArrays.begin(line)) {
      return new DatasetFormat(Kind.JSON, null);
    }
    Separator separator = named == null ? Separator.of(line) : named;
    return new DatasetFormat(LongTable.isHeader(line) ? Kind.LONG : Kind.DELIMITED, separator);
  }

  /**
   * The format that begins with a line.
   *
   * @param line the first line that is neither blank nor a comment
   * @return the format
   */
  public static Kind ofFirstLine(String line) {
    return ofBeginning(line.strip(), null).kind;
  }

  private static Kind ofDirective(String line) {
    String lower = line.toLowerCase(Locale.ROOT);
    boolean arff = lower.startsWith("@relation") || lower.startsWith("@attribute");
    return arff ? Kind.ARFF : Kind.TS;
  }

  /**
   * The first line that is neither blank nor a comment, or its beginning; the position of the text
   * is not changed.
   */
  private static String firstLine(BufferedReader text) throws IOException {
    char[] head = new char[1 << 14];
    text.mark(head.length);
    int read = 0;
    for (int n = 0; n >= 0 && read < head.length; n = text.read(head, read, head.length - read)) {
      read += n;
    }
    text.reset();
    return new String(head, 0, read)
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#") && !line.startsWith("%"))
        .findFirst()
        .orElse("");
  }
}
