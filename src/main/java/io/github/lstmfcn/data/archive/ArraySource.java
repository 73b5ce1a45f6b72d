package io.github.lstmfcn.data.archive;

import io.github.lstmfcn.data.Dataset;
import io.github.lstmfcn.data.format.Row;
import io.github.lstmfcn.error.InvalidInputException;
import java.nio.file.Path;

/** The rows of an array as a source of series. */
final class ArraySource implements SeriesSource {
  private final Path file;
  private final float[][] series;
  private int next;

  ArraySource(Path file, float[][] series) {
    this.file = file;
    this.series = series;
  }

  @Override
  public Row next() {
    if (next == series.length) {
      return null;
    }
    float[] values = series[next++];
    if (Dataset.isMissing(values)) {
      throw new InvalidInputException(
          file, "series " + next, "at least one value of the series", "only missing values", "");
    }
    return new Row(next, "", values);
  }

  @Override
  public long line() {
    return next;
  }

  @Override
  public boolean ready() {
    return next < series.length;
  }

  @Override
  public boolean isDelimited() {
    return false;
  }

  @Override
  public void close() {}
}
