package io.github.lstmfcn;

import io.github.lstmfcn.error.InvalidInputException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Predictions for an iterator of series, computed one batch at a time. */
final class BatchedPredictions implements Iterator<Prediction> {
  private static final Pattern SERIES = Pattern.compile("series (\\d+)(.*)");

  private final TimeSeriesClassifier classifier;
  private final Iterator<float[][]> series;
  private final Deque<Prediction> ready = new ArrayDeque<>();
  private long read;

  BatchedPredictions(TimeSeriesClassifier classifier, Iterator<float[][]> series) {
    this.classifier = classifier;
    this.series = series;
  }

  @Override
  public boolean hasNext() {
    if (ready.isEmpty() && series.hasNext()) {
      ready.addAll(nextBatch());
    }
    return !ready.isEmpty();
  }

  private List<Prediction> nextBatch() {
    List<float[][]> batch = new ArrayList<>();
    while (batch.size() < classifier.batchSize() && series.hasNext()) {
      float[][] next = series.next();
      read++;
      if (next == null) {
        throw new IllegalArgumentException("expected series, found null as series " + read);
      }
      if (Arrays.asList(next).contains(null)) {
        throw new IllegalArgumentException("expected series, found null in series " + read);
      }
      batch.add(copy(next));
    }
    long before = read - batch.size();
    try {
      return classifier.predict(batch.toArray(float[][][]::new));
    } catch (InvalidInputException unfit) {
      throw counted(unfit, before);
    }
  }

  /** A copy, as a source may fill one array again and again. */
  private static float[][] copy(float[][] variables) {
    return Arrays.stream(variables).map(float[]::clone).toArray(float[][]::new);
  }

  /**
   * The exception with the number of the series counted from the first one read, not from the first
   * one of the batch.
   */
  private static InvalidInputException counted(InvalidInputException unfit, long before) {
    Matcher place = SERIES.matcher(unfit.place());
    if (before == 0 || !place.matches()) {
      return unfit;
    }
    return new InvalidInputException(
        unfit.source(),
        "series " + (before + Long.parseLong(place.group(1))) + place.group(2),
        unfit.expected(),
        unfit.found(),
        unfit.remedy(),
        unfit);
  }

  @Override
  public Prediction next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.remove();
  }
}
