package io.github.lstmfcn;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.model.graph.Callers;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Predicts single series for many threads at a time, in batches: what is asked for while a batch is
 * computed makes the next one. Nothing waits for a batch to fill, so that a lone call takes as long
 * as {@link TimeSeriesClassifier#predictOne(float[])}. Each batch is computed by a thread that asks
 * for one of its series; answers come in the order of the calls. Safe for use by several threads.
 *
 * <p>Probabilities may differ in their last digits with the batch that a series is in.
 */
public final class BatchingClassifier {
  private final Function<float[][][], List<Prediction>> classifier;
  private final int maxBatchSize;
  private final Queue<Request> waiting = new ArrayDeque<>();
  private boolean isComputing;

  /**
   * Predicts in batches of at most {@link TimeSeriesClassifier#batchSize()}.
   *
   * @param classifier computes them; it is not closed by this
   * @throws IllegalArgumentException if a prediction depends on the other series of its batch
   *     ({@link TimeSeriesClassifier#dependsOnBatch()})
   */
  public BatchingClassifier(TimeSeriesClassifier classifier) {
    this(classifier, classifier.batchSize());
  }

  /**
   * Predicts in batches.
   *
   * @param classifier computes them; it is not closed by this
   * @param maxBatchSize the largest number of series in a batch
   * @throws IllegalArgumentException if the number is not positive, or a prediction depends on the
   *     other series of its batch ({@link TimeSeriesClassifier#dependsOnBatch()})
   */
  public BatchingClassifier(TimeSeriesClassifier classifier, int maxBatchSize) {
    this(classifier::predict, maxBatchSize);
    if (classifier.dependsOnBatch()) {
      throw new IllegalArgumentException(
          "expected a model whose predictions do not depend on the batch, found attention across"
              + " the batch");
    }
  }

  BatchingClassifier(Function<float[][][], List<Prediction>> classifier, int maxBatchSize) {
    if (maxBatchSize < 1) {
      throw new IllegalArgumentException("expected a positive batch size, found " + maxBatchSize);
    }
    this.classifier = classifier;
    this.maxBatchSize = maxBatchSize;
  }

  /**
   * Predicts the class of a series.
   *
   * @param series as in {@link TimeSeriesClassifier#predictOne(float[])}
   * @return the prediction
   * @throws InvalidInputException as {@link TimeSeriesClassifier#predictOne(float[])}
   * @throws IllegalStateException if the classifier is closed
   */
  public Prediction predictOne(float[] series) {
    return predictOne(series == null ? null : new float[][] {series});
  }

  /**
   * Predicts the class of a series of several variables.
   *
   * @param series as in {@link TimeSeriesClassifier#predictOne(float[][])}
   * @return the prediction
   * @throws InvalidInputException as {@link TimeSeriesClassifier#predictOne(float[][])}
   * @throws IllegalStateException if the classifier is closed
   */
  public Prediction predictOne(float[][] series) {
    Request request = new Request(series, new CompletableFuture<>(), new CompletableFuture<>());
    if (isFirst(request) || request.turn().join()) {
      List<Request> batch = next();
      try {
        compute(batch);
      } finally {
        passOn();
      }
    }
    return Callers.result(request.answer());
  }

  /**
   * A series that is asked for.
   *
   * @param turn whether its thread has to compute the next batch, which begins with this series;
   *     false once there is an answer
   */
  private record Request(
      float[][] series, CompletableFuture<Prediction> answer, CompletableFuture<Boolean> turn) {}

  /** The number of requests that are in no batch yet. */
  synchronized int waiting() {
    return waiting.size();
  }

  /** Adds a request; whether its thread has to compute it, since nothing is under way. */
  private synchronized boolean isFirst(Request request) {
    waiting.add(request);
    boolean first = !isComputing;
    isComputing = true;
    return first;
  }

  private synchronized List<Request> next() {
    List<Request> batch = new ArrayList<>();
    while (batch.size() < maxBatchSize && !waiting.isEmpty()) {
      batch.add(waiting.remove());
    }
    return batch;
  }

  /** Lets the thread of the longest waiting request compute the next batch. */
  private synchronized void passOn() {
    isComputing = !waiting.isEmpty();
    if (isComputing) {
      waiting.element().turn().complete(true);
    }
  }

  /** Answers all; if one of them fails, each alone, so that each has the failure of its own. */
  @SuppressWarnings("IllegalCatch")
  private void compute(List<Request> batch) {
    try {
      List<Prediction> predictions =
          classifier.apply(batch.stream().map(Request::series).toArray(float[][][]::new));
      for (int index = 0; index < batch.size(); index++) {
        batch.get(index).answer().complete(predictions.get(index));
        batch.get(index).turn().complete(false);
      }
    } catch (Throwable failure) {
      if (batch.size() == 1) {
        batch.get(0).answer().completeExceptionally(failure);
        batch.get(0).turn().complete(false);
      } else {
        batch.forEach(request -> compute(List.of(request)));
      }
    }
  }
}
