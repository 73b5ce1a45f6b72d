package io.github.lstmfcn.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;

/** How a file's text becomes rows. */
sealed interface DatasetFormat permits UcrFormat, TsFormat, ArffFormat {

  /**
   * Hands over each row of the text.
   *
   * @throws InvalidInputException if the text is not of this format
   */
  void read(BufferedReader text, Path file, Consumer<Row> rows) throws IOException;

  /** The format by the file's name, or by the text's beginning where the name leaves it open. */
  static DatasetFormat of(FileName.Kind kind, BufferedReader text) throws IOException {
    return switch (kind) {
      case TSV -> new UcrFormat(Separator.TAB);
      case TS -> new TsFormat();
      case ARFF -> new ArffFormat();
      case BARE, DELIMITED -> ofBeginning(firstLine(text));
    };
  }

  private static DatasetFormat ofBeginning(String line) {
    if (line.startsWith("@")) {
      boolean arff = line.toLowerCase(Locale.ROOT).startsWith("@relation");
      return arff ? new ArffFormat() : new TsFormat();
    }
    return new UcrFormat(Separator.of(line));
  }

  /**
   * The first line that is neither blank nor a comment, or its beginning; leaves the text as is.
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
