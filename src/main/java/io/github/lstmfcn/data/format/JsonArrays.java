package io.github.lstmfcn.data.format;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.text.NumberText;
import java.util.Optional;

/**
 * Lines of JSON with one series each, an array of arrays with one array per variable: {@code [[1.5,
 * 2], [0, null]]}. {@code null} and {@code NaN} are missing values. There are no labels.
 */
public final class JsonArrays implements RowParser {
  private final SeriesBuilder series;
  private String text = "";
  private int at;

  private JsonArrays(Place place) {
    series = new SeriesBuilder(place);
  }

  /** Whether a line without surrounding blanks begins an array of arrays. */
  static boolean begin(String line) {
    return line.startsWith("[") && line.substring(1).stripLeading().startsWith("[");
  }

  /**
   * Returns the parser of the lines.
   *
   * @param lines the lines of the text
   * @param labelled whether labels are required
   * @return the parser
   * @throws InvalidInputException if labels are required
   */
  public static JsonArrays of(LineReader lines, boolean labelled) {
    if (labelled) {
      throw new InvalidInputException(
          lines.place().file(),
          lines.place().prefix(),
          "labelled series",
          "JSON arrays, which have no labels",
          "predict reads them");
    }
    return new JsonArrays(lines.place());
  }

  @Override
  public Optional<Row> parse(String line, long number) {
    text = line.strip();
    at = 0;
    if (text.isEmpty() || text.startsWith("#")) {
      return Optional.empty();
    }
    series.begin(number);
    expect("[");
    do {
      expect("[");
      series.beginVariable();
      values();
    } while (expect(",]") == ',');
    if (at < text.length()) {
      throw error("the end of the line");
    }
    series.endVariables();
    return Optional.of(series.row(""));
  }

  /** Reads up to the bracket that closes a variable. */
  private void values() {
    do {
      skipBlanks();
      int start = at;
      while (at < text.length() && ",[]".indexOf(text.charAt(at)) < 0) {
        at++;
      }
      String value = text.substring(start, at).strip();
      boolean none = value.isEmpty() && at < text.length() && text.charAt(at) == ']';
      if (value.equals("null")) {
        series.add(Float.NaN);
      } else if (!none || series.count() > 0) {
        series.add(value.toCharArray(), 0, value.length(), series.count() + 1);
      }
    } while (expect(",]") == ',');
  }

  private char expect(String characters) {
    skipBlanks();
    if (at == text.length() || characters.indexOf(text.charAt(at)) < 0) {
      throw error(String.join(" or ", characters.split("")));
    }
    char found = text.charAt(at++);
    skipBlanks();
    return found;
  }

  private void skipBlanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private InvalidInputException error(String expected) {
    return series.error(
        expected + ", as in [[1, 2], [3, 4]] with one array per variable",
        at == text.length() ? "the end of the line" : NumberText.shown(text.substring(at)),
        "");
  }
}
