package io.github.lstmfcn.data.format;

import io.github.lstmfcn.data.TableLayout;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.text.NumberText;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Series of delimited text, one per line, as the UCR archives have them and as tables go. */
public final class DelimitedText implements RowParser {
  private static final char QUOTE = '"';
  private static final String EXPECTED = "numbers of which a comma clearly marks the fraction";
  private static final String FOUND = "only such as 1,234, which may be thousands";
  private static final String REMEDY = "--decimal-comma says that it marks the fraction";

  private final Map<Separator, Rows> splitters = new EnumMap<>(Separator.class);
  private final Place source;
  private final TableColumns columns;
  private final DecimalPoint decimal;

  private DelimitedText(Place source, TableLayout layout) {
    this.source = source;
    columns = new TableColumns(layout);
    decimal = new DecimalPoint(layout.decimalComma());
    for (Separator separator : Separator.values()) {
      splitters.put(separator, new Rows(separator.character(), QUOTE));
    }
  }

  /** Lines that are taken one by one, each with separators of its own. */
  public static DelimitedText lines(Place source, TableLayout layout) {
    return new DelimitedText(source, layout);
  }

  /**
   * Reads a whole text with one kind of separator, which is faster.
   *
   * @throws InvalidInputException if it is not as it should be; names line and column
   */
  public static void read(
      BufferedReader text, Path file, Separator separator, TableLayout layout, Consumer<Row> rows)
      throws IOException {
    Place place = Place.of(file);
    DelimitedText format = new DelimitedText(place, layout);
    char character = separator.character();
    TableHandler handler = new TableHandler(place, character, format.columns, format.decimal);
    format.splitters.get(separator).read(text, place, handler, rows);
    if (format.decimal.isUnclear()) {
      throw new InvalidInputException(file, "", EXPECTED, FOUND, REMEDY);
    }
  }

  @Override
  public Optional<Row> parse(String line, long number) {
    String content = line.strip();
    if (content.isEmpty() || content.startsWith("#")) {
      return Optional.empty();
    }
    Separator separator = Separator.of(content);
    Place place = new Place(source.file(), source.prefix(), number - 1);
    TableHandler handler = new TableHandler(place, separator.character(), columns, decimal);
    boolean first = !columns.haveBegun();
    Optional<Row> row = splitters.get(separator).read(content, place, handler);
    if (row.isEmpty() && !first) {
      throw place.at(1, "numbers", NumberText.shown(content), "");
    }
    if (decimal.isUnclear()) {
      throw place.at(1, EXPECTED, FOUND, REMEDY);
    }
    return row;
  }
}
