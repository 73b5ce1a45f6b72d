package io.github.lstmfcn.data.format;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import io.github.lstmfcn.error.InvalidInputException;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Consumer;

/** Wraps the CSV parser: its settings and its exceptions occur only here. */
public final class Rows {
  private final char separator;
  private final char quote;

  /**
   * Creates a parser.
   *
   * @param separator the separator of fields
   * @param quote the character that may enclose a field
   */
  Rows(char separator, char quote) {
    this.separator = separator;
    this.quote = quote;
  }

  /** Passes on each row that is not blank. */
  void read(Reader text, Place place, TableHandler handler, Consumer<Row> rows) throws IOException {
    // Not closed here: the reader belongs to the caller, who closes it even if an exception is
    // thrown.
    CsvReader<Optional<Row>> reader = builder().build(handler, text);
    try {
      for (Optional<Row> row : reader) {
        row.ifPresent(rows);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (CsvParseException e) {
      throw cause(e, place, 1);
    }
  }

  /** The row of a single line, if it is not blank. */
  Optional<Row> read(String line, Place place, TableHandler handler) {
    try {
      return builder().ofSingleCsvRecord(handler, line);
    } catch (CsvParseException e) {
      throw cause(e, place, 1);
    }
  }

  private CsvReader.CsvReaderBuilder builder() {
    return CsvReader.builder()
        .fieldSeparator(separator)
        .quoteCharacter(quote)
        .allowExtraFields(true)
        .allowMissingFields(true)
        .skipEmptyLines(true);
  }

  private static InvalidInputException cause(CsvParseException error, Place place, long line) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof InvalidInputException invalid) {
        return invalid;
      }
    }
    Throwable detail = error.getCause() == null ? error : error.getCause();
    return new InvalidInputException(
        place.file(),
        "line " + (place.linesBefore() + line) + " or later",
        "lines of separated values",
        "text that cannot be divided into fields (" + reason(detail) + ")",
        "",
        error);
  }

  /** What the reader says of the character that it stopped at. */
  private static String reason(Throwable detail) {
    return String.valueOf(detail.getMessage()).replace("Unexpected character", "a character");
  }
}
