package io.github.lstmfcn.spark.row;

import io.github.lstmfcn.TimeSeriesClassifier;
import io.github.lstmfcn.data.Preparation;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.model.ClassScores;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;

/** The scored rows of a partition, computed one batch at a time, in the memory of one batch. */
public final class ScoredRows implements Iterator<Row> {
  /**
   * How many rows are waited for that can be scored, among many that are kept though they cannot.
   */
  private static final int BATCHES_IN_MEMORY = 8;

  private final Iterator<Row> input;
  private final TimeSeriesClassifier classifier;
  private final Preparation preparation;
  private final int batchSize;
  private final ScoredRow rows;
  private final Deque<Row> ready = new ArrayDeque<>();

  ScoredRows(Iterator<Row> input, TimeSeriesClassifier classifier, int batchSize, ScoredRow rows) {
    this.input = input;
    this.classifier = classifier;
    preparation = classifier.model().preparation();
    this.batchSize = batchSize;
    this.rows = rows;
  }

  /** A row; without its series if that cannot be scored. */
  private record Read(Row row, float[][] series) {}

  @Override
  public boolean hasNext() {
    while (ready.isEmpty() && input.hasNext()) {
      nextBatch();
    }
    return !ready.isEmpty();
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.remove();
  }

  private void nextBatch() {
    List<Read> batch = new ArrayList<>();
    int usable = 0;
    while (usable < batchSize
        && batch.size() < (long) BATCHES_IN_MEMORY * batchSize
        && input.hasNext()) {
      Read read = read(input.next());
      usable += read.series == null ? 0 : 1;
      batch.add(read);
    }
    score(batch);
  }

  /**
   * Reads a row; what is wrong with its series ends the task, or else leaves the row without it.
   */
  private Read read(Row row) {
    try {
      float[][] series = rows.series().of(row);
      if (series == null) {
        throw new InvalidInputException(null, "", "a series", "null", "leave the row out");
      }
      preparation.apply(series, "");
      return new Read(row, series);
    } catch (InvalidInputException unfit) {
      return unusable(row, unfit);
    }
  }

  private Read unusable(Row row, InvalidInputException unfit) {
    if (rows.handleInvalid().equals(ScoredRow.ERROR)) {
      throw rows.unusable(
          row,
          unfit.expected(),
          unfit.found(),
          (unfit.remedy().isEmpty() ? "" : unfit.remedy() + "; ")
              + "handleInvalid = skip or keep goes on without it");
    }
    return new Read(row, null);
  }

  private void score(List<Read> batch) {
    float[][][] series =
        batch.stream().map(Read::series).filter(one -> one != null).toArray(float[][][]::new);
    ClassScores scores;
    try {
      scores = classifier.predictScores(series, batchSize);
    } catch (InvalidInputException overflow) {
      score(batch.stream().map(this::withoutOverflow).toList());
      return;
    }
    int scored = 0;
    for (Read read : batch) {
      if (read.series != null) {
        ready.add(rows.scored(read.row, scores.logits()[scored], scores.probabilities()[scored]));
        scored++;
      } else if (rows.handleInvalid().equals(ScoredRow.KEEP)) {
        ready.add(rows.kept(read.row));
      }
    }
  }

  /** Scores a row alone, to find out whether its values overflow in the network. */
  private Read withoutOverflow(Read read) {
    if (read.series == null) {
      return read;
    }
    try {
      classifier.predictScores(new float[][][] {read.series}, 1);
      return read;
    } catch (InvalidInputException overflow) {
      return unusable(read.row, overflow);
    }
  }
}
