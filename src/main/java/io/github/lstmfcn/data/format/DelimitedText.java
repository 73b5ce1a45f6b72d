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

/** Delimited text with one series per line, as in the UCR archives and in tables. */
public final class DelimitedText implements RowParser {
  private static final char QUOTE = '"';
  private static final String EXPECTED = "numbers whose comma is clearly a decimal comma";
  private static final String FOUND = "only numbers like 1,234, whose comma may separate thousands";
  private static final String REMEDY = "use --decimal-comma if it is a decimal comma";

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

  /**
   * A parser of single lines, each of which may have its own separator.
   *
   * @param source where the lines come from
   * @param layout what the columns are
   * @return the parser
   */
  public static DelimitedText lines(Place source, TableLayout layout) {
    return new DelimitedText(source, layout);
  }

  /**
   * Reads a whole text with one kind of separator, which is faster.
   *
   * @param text the text
   * @param file the file, for messages
   * @param separator the separator of the fields
   * @param layout what the columns are
   * @param rows receives the rows
   * @throws IOException if the text cannot be read
   * @throws InvalidInputException if the text is not valid; the message names line and column
   */
  public static void read(
      BufferedReader text, Path file, Separator separator, TableLayout layout, Consumer<Row> rows)
      throws IOException {
    Place place = Place.of(file);
    DelimitedText format = new DelimitedText(place, layout);
    char character = separator.character();
    TableHandler handler = new TableHandler(place, character, format.columns, format.decimal);
    format.splitters.get(separator).read(text, place, handler, rows);
    if (format.decimal.isAmbiguous()) {
      throw new InvalidInputException(file, "", EXPECTED, FOUND, REMEDY);
    }
  }

  /** The exception for commas that may be decimal commas or separate thousands. */
  static InvalidInputException ambiguous(Place place, long line) {
    return place.at(line, EXPECTED, FOUND, REMEDY);
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
    if (decimal.isAmbiguous()) {
      throw ambiguous(place, 1);
    }
    return row;
  }
}
