package io.github.lstmfcn.data.archive;

import io.github.lstmfcn.data.format.Row;
import java.io.IOException;

/** A source of rows. */
interface SeriesSource extends AutoCloseable {
  /** The next row; null at the end. */
  Row next() throws IOException;

  /** The line of the last row, even if that row was refused. */
  long line();

  /**
   * What a row is called in a message: {@code line}, or {@code series} where there are no lines.
   */
  String rowName();

  /** Whether nothing follows the last row, even if that row was refused. */
  boolean hasEnded();

  boolean ready() throws IOException;

  boolean isDelimited();

  @Override
  void close() throws IOException;
}
