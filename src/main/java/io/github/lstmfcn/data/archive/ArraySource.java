package io.github.lstmfcn.data.archive;

import io.github.lstmfcn.data.format.Row;
import java.nio.file.Path;

/** The rows of an array as a source of series. */
final class ArraySource implements SeriesSource {
  private final Path file;
  private final float[][][] series;
  private int next;

  ArraySource(Path file, float[][][] series) {
    this.file = file;
    this.series = series;
  }

  @Override
  public Row next() {
    if (next == series.length) {
      return null;
    }
    float[][] values = series[next++];
    MissingValues.check(file, "series " + next, values);
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
  public String rowName() {
    return "series";
  }

  @Override
  public boolean hasEnded() {
    return next == series.length;
  }

  @Override
  public boolean isDelimited() {
    return false;
  }

  @Override
  public void close() {}
}
