package io.github.lstmfcn.data;

import de.siegmar.fastcsv.reader.CsvReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Weka's {@code .arff}: numeric attributes, one a step, then a nominal one, the class. */
record ArffFormat() implements DatasetFormat {
  private static final char QUOTE = '\'';
  private static final Pattern ATTRIBUTE =
      Pattern.compile(
          "@attribute\\s+('[^']*'|\"[^\"]*\"|[^\\s{]+)\\s*(.+)", Pattern.CASE_INSENSITIVE);

  @Override
  public void read(BufferedReader text, Path file, Consumer<Row> rows) throws IOException {
    Header header = Header.read(text, file);
    Place place = new Place(file, "", header.lines);
    new Rows(',', QUOTE, '%').read(text, place, new Handler(place, header), rows);
  }

  private static String unquoted(String text) {
    boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
    return quoted ? text.substring(1, text.length() - 1) : text;
  }

  private static final class Header {
    private final Path file;
    private long lines;
    private int steps;
    private Optional<Set<String>> labels = Optional.empty();

    private Header(Path file) {
      this.file = file;
    }

    static Header read(BufferedReader text, Path file) throws IOException {
      Header header = new Header(file);
      for (String line = text.readLine(); line != null; line = text.readLine()) {
        header.lines++;
        String content = line.strip();
        String lower = content.toLowerCase(Locale.ROOT);
        if (lower.startsWith("@data")) {
          header.check();
          return header;
        }
        boolean skipped =
            content.isEmpty() || content.startsWith("%") || lower.startsWith("@relation");
        if (!skipped) {
          header.takeAttribute(content);
        }
      }
      throw new InvalidInputException(file, "", "a line @data", "none", "");
    }

    private void takeAttribute(String line) {
      Matcher parts = ATTRIBUTE.matcher(line);
      if (!parts.matches()) {
        throw error("@relation, @attribute or @data", NumberText.shown(line), "");
      }
      if (labels.isPresent()) {
        throw error("the nominal class as the last attribute", "another after it", "");
      }
      String type = parts.group(2).strip();
      if (type.startsWith("{") && type.endsWith("}")) {
        labels = Optional.of(nominal(type.substring(1, type.length() - 1)));
        return;
      }
      switch (type.toLowerCase(Locale.ROOT)) {
        case "numeric", "real", "integer" -> steps++;
        case "relational" ->
            throw error(
                "univariate series",
                "a relational attribute (multivariate series)",
                "use a file of one dimension");
        default -> throw error("a numeric or nominal attribute", NumberText.shown(type), "");
      }
    }

    private static Set<String> nominal(String values) {
      return CsvReader.builder()
          .quoteCharacter(QUOTE)
          .trimWhitespacesAroundQuotes(true)
          .ofSingleCsvRecord(values)
          .getFields()
          .stream()
          .map(value -> NumberText.label(unquoted(value.strip())))
          .collect(Collectors.toUnmodifiableSet());
    }

    private void check() {
      if (labels.isEmpty() || steps == 0) {
        throw error(
            "numeric attributes, then a nominal class",
            steps + " numeric, " + (labels.isPresent() ? "a class" : "no class"),
            "");
      }
    }

    private InvalidInputException error(String expected, String found, String remedy) {
      return Place.of(file).at(lines, expected, found, remedy);
    }
  }

  private static final class Handler extends RowHandler {
    private final Header header;

    Handler(Place place, Header header) {
      super(place, ',');
      this.header = header;
    }

    @Override
    void take(char[] text, int offset, int length) {
      if (column() == 1 && text[offset] == '{') {
        throw lineError("all values of a series", "a sparse row", "write it in full");
      }
      if (column() <= header.steps) {
        addValue(text, offset, length);
      } else if (column() == header.steps + 1) {
        String label = unquoted(unapostrophed(new String(text, offset, length)));
        setLabel(label.toCharArray(), 0, label.length());
      } else {
        throw error(
            header.steps + " values and a class", "another value", "see the header's attributes");
      }
    }

    /** A quoted label after a blank, which the splitter takes for a plain one. */
    private static String unapostrophed(String text) {
      boolean quoted = text.length() > 1 && text.charAt(0) == QUOTE && text.endsWith("'");
      return quoted ? text.substring(1, text.length() - 1) : text;
    }

    @Override
    void check() {
      if (label() == null) {
        throw lineError(
            header.steps + " values and a class", count() + " values", "see the header");
      }
      if (!header.labels.orElseThrow().contains(label())) {
        throw lineError("a class that the header names", NumberText.shown(label()), "");
      }
    }
  }
}
