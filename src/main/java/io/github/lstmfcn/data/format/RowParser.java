package io.github.lstmfcn.data.format;

import io.github.lstmfcn.error.InvalidInputException;
import java.util.Optional;

/**
 * Turns lines into rows, each independently, so that reading can continue after a line that is
 * refused.
 */
public interface RowParser {

  /**
   * Parses a line.
   *
   * @param line the line
   * @param number the number of the line, from 1
   * @return the row; empty for a blank line, a comment or a header
   * @throws InvalidInputException if the line is not valid; the message names the line
   */
  Optional<Row> parse(String line, long number);
}
