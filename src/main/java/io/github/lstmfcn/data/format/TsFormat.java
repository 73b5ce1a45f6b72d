package io.github.lstmfcn.data.format;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.text.NumberText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The {@code .ts} format of sktime and aeon: directives, then one series per line with its label
 * after the last colon; in multivariate series a colon also separates the variables. Time stamps,
 * as in {@code (0,1.5),(1,1.7)}, are dropped; they must be equally spaced, by the same step in
 * every series.
 */
public final class TsFormat implements RowParser {
  private final TsHeader header;
  private final SeriesBuilder series;
  private final TimeStamps stamps = new TimeStamps();
  private int expectedLength = -1;
  private int expectedVariables = -1;
  private Boolean labelled;

  private TsFormat(TsHeader header, Place place) {
    this.header = header;
    series = new SeriesBuilder(place);
  }

  /**
   * Reads the directives and returns the parser of the rows.
   *
   * @param lines the lines of the file, from the first on
   * @param labelled whether labels are required
   * @return the parser
   * @throws IOException if the file cannot be read
   */
  public static TsFormat of(LineReader lines, boolean labelled) throws IOException {
    return new TsFormat(TsHeader.read(lines, labelled), lines.place());
  }

  /**
   * Whether a line is a multivariate row of the format: numbers in front of a colon.
   *
   * @param line the line
   * @return whether it is one
   */
  public static boolean isRow(String line) {
    int colon = line.indexOf(':');
    return colon > 0
        && line.chars().limit(colon).allMatch(c -> "0123456789+-.eE,?NaA \t".indexOf(c) >= 0);
  }

  /**
   * Returns the parser of rows without directives. The last part of a row is a label if it alone
   * has no comma.
   *
   * @param lines the lines of the text
   * @param first the first row
   * @return the parser
   */
  public static TsFormat ofRows(LineReader lines, String first) {
    boolean hasLabels =
        first.indexOf(',') >= 0
            && first.indexOf(',') < first.indexOf(':')
            && first.indexOf(',', first.lastIndexOf(':')) < 0;
    return new TsFormat(TsHeader.missing(lines.place(), hasLabels), lines.place());
  }

  @Override
  public Optional<Row> parse(String line, long number) {
    String content = line.strip();
    if (content.isEmpty() || TsHeader.isComment(content)) {
      return Optional.empty();
    }
    series.begin(number);
    boolean stamped = content.startsWith("(");
    header
        .hasTimeStamps()
        .filter(said -> said != stamped)
        .ifPresent(
            said -> {
              throw series.error(
                  said ? "(time, value) pairs, as @timeStamps true" : "values alone",
                  NumberText.shown(content),
                  "");
            });
    if (header.isMultivariate()) {
      return Optional.of(multivariate(content, stamped));
    }
    int colon = stamped ? content.indexOf(':', content.lastIndexOf(')')) : content.lastIndexOf(':');
    if (Boolean.FALSE.equals(header.hasLabels().orElse(null)) && colon >= 0) {
      throw dimensions(dimensionsBefore(content, content.length(), stamped));
    }
    int end = colon < 0 ? content.length() : colon;
    int dimensions = dimensionsBefore(content, end, stamped);
    if (dimensions > 1) {
      throw dimensions(dimensions);
    }
    char[] text = content.toCharArray();
    if (stamped) {
      stamps.read(text, end, series);
    } else {
      addValues(text, end);
    }
    String label = colon < 0 ? null : content.substring(colon + 1).strip();
    Row row = series.row(checked(label));
    checkLength();
    return Optional.of(row);
  }

  private static int dimensionsBefore(String content, int end, boolean stamped) {
    int dimensions = 1;
    int depth = 0;
    for (int i = 0; i < end; i++) {
      char c = content.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      dimensions += c == ':' && (!stamped || depth == 0) ? 1 : 0;
    }
    return dimensions;
  }

  private InvalidInputException dimensions(int found) {
    return series.error(
        "univariate series",
        "series of " + found + " dimensions",
        "if they are multivariate, write @univariate false in the header");
  }

  private Row multivariate(String content, boolean stamped) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    int depth = 0;
    for (int i = 0; i < content.length(); i++) {
      char c = content.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (c == ':' && (!stamped || depth <= 0)) {
        parts.add(content.substring(start, i).strip());
        start = i + 1;
        if (parts.size() > SeriesBuilder.MOST_VARIABLES) {
          throw series.tooManyVariables();
        }
      }
    }
    parts.add(content.substring(start).strip());
    String label = endsWithLabel(parts.size()) ? parts.remove(parts.size() - 1) : null;
    checkVariables(parts.size(), label);
    for (String part : parts) {
      series.beginVariable();
      char[] text = part.toCharArray();
      if (stamped) {
        stamps.read(text, text.length, series);
      } else {
        addValues(text, text.length);
      }
    }
    series.endVariables();
    Row row = series.row(checked(label));
    checkLength();
    return row;
  }

  /** Whether the last of the parts between colons is the label rather than a variable. */
  private boolean endsWithLabel(int parts) {
    return header
        .hasLabels()
        .orElseGet(
            () ->
                header.isLabelNeeded()
                    || header.variables().map(variables -> parts > variables).orElse(false));
  }

  private void checkVariables(int found, String label) {
    int expected = header.variables().orElse(expectedVariables);
    if (expected >= 0 && found != expected) {
      throw series.error(
          expected
              + (expected == 1 ? " dimension" : " dimensions")
              + (header.variables().isPresent()
                  ? ", as @dimensions says"
                  : ", as in the first series")
              + (label == null ? "" : ", and a label"),
          Integer.toString(found),
          "");
    }
    if (found == 0) {
      throw series.error("variables and a label between colons", "only a label", "");
    }
    expectedVariables = found;
  }

  private void addValues(char[] text, int end) {
    int start = 0;
    for (int i = 0; i <= end; i++) {
      if (i == end || text[i] == ',') {
        add(text, start, i, i < end || start > 0);
        start = i + 1;
      }
    }
  }

  private void add(char[] text, int from, int to, boolean several) {
    int start = from;
    int end = to;
    while (start < end && Character.isWhitespace(text[start])) {
      start++;
    }
    while (end > start && Character.isWhitespace(text[end - 1])) {
      end--;
    }
    int column = series.count() + 1;
    if (start == end && several) {
      throw series.error(
          column, "a value", "an empty field", "write NaN or ? where a value is missing");
    }
    series.add(text, start, end - start, column);
  }

  /** The label as the header spells it; empty if there is none. */
  private String checked(String text) {
    boolean hasLabel = text != null && !text.isEmpty();
    if (!hasLabel && (header.isLabelNeeded() || text != null || header.hasLabels().orElse(false))) {
      throw series.error("a label after a colon at the end", "none", "");
    }
    if (labelled != null && labelled != hasLabel) {
      throw series.error(
          labelled ? "a label after a colon, as in the first series" : "no label, as above",
          hasLabel ? NumberText.shown(text) : "none",
          "");
    }
    labelled = hasLabel;
    if (!hasLabel) {
      return "";
    }
    String label = series.label(text);
    Optional<String> declared = header.declared(label);
    int comma = text.indexOf(',');
    if (comma >= 0 && !(declared.isPresent() && declared.get().equals(label))) {
      throw series.error(series.count() + 1, "the label as the last field", "another after it", "");
    }
    if (declared.isEmpty() && !header.isLabelNeeded() && NumberText.isMissing(label)) {
      return "";
    }
    return declared.orElseThrow(
        () -> series.error("a label that @classLabel names", NumberText.shown(label), ""));
  }

  private void checkLength() {
    int count = series.count();
    if (header.isEqualLength() && expectedLength >= 0 && count != expectedLength) {
      throw series.error(
          expectedLength + " values, as in the first series (@equalLength true)",
          Integer.toString(count),
          "");
    }
    header
        .length()
        .filter(length -> length != count)
        .ifPresent(
            length -> {
              throw series.error(
                  length + " values, as @seriesLength says",
                  Integer.toString(count),
                  "if lengths differ, write @equalLength false");
            });
    expectedLength = expectedLength < 0 ? count : expectedLength;
  }
}
