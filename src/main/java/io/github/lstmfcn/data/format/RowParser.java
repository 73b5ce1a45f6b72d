package io.github.lstmfcn.data.format;

import io.github.lstmfcn.error.InvalidInputException;
import java.util.Optional;

/**
 * Turns lines into rows, so that reading can continue after a line that is refused. A row is one
 * line, except in long tables, where it is a block of lines.
 */
public interface RowParser {

  /**
   * Parses a line.
   *
   * @param line the line
   * @param number the number of the line, from 1
   * @return the row that the line completes; empty for a blank line, a comment or a header, and
   *     while a block of lines goes on
   * @throws InvalidInputException if the line is not valid; the message names the line
   */
  Optional<Row> parse(String line, long number);

  /**
   * Ends the text.
   *
   * @return the last row, if it is completed only by the end of the text
   * @throws InvalidInputException if that row is not valid; the message names a line
   */
  default Optional<Row> end() {
    return Optional.empty();
  }
}
