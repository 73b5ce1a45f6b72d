package io.github.lstmfcn.data.archive;

import io.github.lstmfcn.data.format.Row;
import java.io.IOException;

/** What rows are taken from. */
interface SeriesSource extends AutoCloseable {
  /** Another row, null at the end. */
  Row next() throws IOException;

  /** The line of the last row, also of one that was refused. */
  long line();

  boolean ready() throws IOException;

  boolean isDelimited();

  @Override
  void close() throws IOException;
}
