package io.github.lstmfcn.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The {@code .ts} format of sktime and aeon: directives, then a series a line, its label after the
 * last colon.
 */
record TsFormat() implements DatasetFormat {
  private static final String UNIVARIATE = "univariate series";
  private static final String SPLIT_UP = "make a file of each dimension";

  @Override
  public void read(BufferedReader text, Path file, Consumer<Row> rows) throws IOException {
    Header header = Header.read(text, file);
    Place place = new Place(file, "", header.lines);
    new Rows(',', '"', '#').read(text, place, new Handler(place, header), rows);
  }

  /** What the directives say that reading depends on; others are skipped. */
  private static final class Header {
    private final Path file;
    private final Set<String> labels = new HashSet<>();
    private long lines;
    private String dimensions = "1";
    private boolean equalLength;

    private Header(Path file) {
      this.file = file;
    }

    static Header read(BufferedReader text, Path file) throws IOException {
      Header header = new Header(file);
      for (String line = text.readLine(); line != null; line = text.readLine()) {
        header.lines++;
        String content = line.strip();
        if (content.isEmpty() || content.startsWith("#")) {
          continue;
        }
        if (!content.startsWith("@")) {
          throw header.error("a directive (@...)", NumberText.shown(content), "@data comes first");
        }
        String[] words = content.split("\\s+", -1);
        String directive = words[0].toLowerCase(Locale.ROOT);
        if (directive.equals("@data")) {
          header.checkDimensions();
          return header;
        }
        header.take(directive, words);
      }
      throw new InvalidInputException(file, "", "a line @data", "none", "");
    }

    private void take(String directive, String[] words) {
      String value = words.length > 1 ? words[1] : "";
      boolean on = value.equalsIgnoreCase("true");
      switch (directive) {
        case "@dimensions", "@dimension" -> dimensions = value;
        case "@equallength" -> equalLength = on;
        case "@timestamps" -> {
          if (on) {
            throw error("values alone", "@timestamps true", "remove the time stamps");
          }
        }
        case "@targetlabel" -> {
          if (on) {
            throw error("a class label", "a regression target", "this is a classifier");
          }
        }
        case "@classlabel" -> {
          if (!on) {
            throw error("@classLabel true", NumberText.shown(String.join(" ", words)), "");
          }
          for (int i = 2; i < words.length; i++) {
            labels.add(NumberText.label(words[i]));
          }
        }
        default -> {}
      }
    }

    private void checkDimensions() {
      if (!dimensions.equals("1")) {
        throw new InvalidInputException(
            file, "", UNIVARIATE, "series of " + dimensions + " dimensions", SPLIT_UP);
      }
    }

    private InvalidInputException error(String expected, String found, String remedy) {
      return Place.of(file).at(lines, expected, found, remedy);
    }
  }

  private static final class Handler extends RowHandler {
    private final Header header;
    private int expectedLength = -1;
    private int colons;
    private int labelColumn;

    Handler(Place place, Header header) {
      super(place, ',');
      this.header = header;
    }

    @Override
    void take(char[] text, int offset, int length) {
      if (column() == 1) {
        colons = 0;
      }
      int end = offset + length;
      int start = offset;
      for (int i = offset; i < end; i++) {
        if (text[i] == ':') {
          if (colons++ == 0) {
            addTrimmed(text, start, i);
          }
          start = i + 1;
          labelColumn = column();
        }
      }
      if (colons == 0) {
        addValue(text, offset, length);
      } else {
        setLabel(text, start, end - start);
      }
    }

    private void addTrimmed(char[] text, int start, int end) {
      int last = end;
      while (last > start && text[last - 1] <= ' ') {
        last--;
      }
      addValue(text, start, last - start);
    }

    @Override
    void check() {
      if (colons > 1) {
        throw lineError(UNIVARIATE, "series of " + colons + " dimensions", SPLIT_UP);
      }
      if (colons == 1 && column() != labelColumn) {
        throw error("the label as the last field", "another after it", "");
      }
      if (label() == null || label().isEmpty()) {
        throw lineError("a label after a colon at the end", "none", "");
      }
      if (!header.labels.isEmpty() && !header.labels.contains(label())) {
        throw lineError("a label that @classLabel names", NumberText.shown(label()), "");
      }
      expectedLength = expectedLength < 0 ? count() : expectedLength;
      if (header.equalLength && count() != expectedLength) {
        throw lineError(
            expectedLength + " values, as in the first series (@equalLength true)",
            Integer.toString(count()),
            "");
      }
    }
  }
}
