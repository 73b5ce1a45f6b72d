package io.github.lstmfcn.data.format;

import io.github.lstmfcn.error.InvalidInputException;
import java.util.Optional;

/** Turns lines into rows, each by itself, so that a line that is refused does not end the file. */
public interface RowParser {

  /**
   * The row of a line; empty for a blank one, a comment or a header.
   *
   * @param number of the line, from 1
   * @throws InvalidInputException if it is not as it should be; names the line
   */
  Optional<Row> parse(String line, long number);
}
