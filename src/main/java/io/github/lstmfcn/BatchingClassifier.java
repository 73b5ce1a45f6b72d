package io.github.lstmfcn;

import io.github.lstmfcn.error.InvalidInputException;
import java.util.ArrayList;
import java.util.LinkedList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.LockSupport;
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

  /** Linked, so that a request that no memory is left for changes nothing. */
  @SuppressWarnings("JdkObsolete")
  private final Queue<Request> waiting = new LinkedList<>();

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
    Request request = new Request(series);
    if (!isFirst(request)) {
      request.await();
    }
    if (!request.isAnswered()) {
      computeNext(request);
    }
    return request.result();
  }

  /** A series that is asked for, by the thread that makes this. */
  private static final class Request {
    private final float[][] series;
    private final Thread thread = Thread.currentThread();
    private Prediction answer;
    private Throwable failure;

    /** Whether there is an answer or a failure, or its thread has to compute the next batch. */
    private volatile boolean woken;

    Request(float[][] series) {
      this.series = series;
    }

    /**
     * Waits until it is woken. A thread of a fork-join pool must take up no other work meanwhile,
     * as it would in waiting for a future: that work might ask for a series as well, and wait for
     * this one's turn.
     */
    void await() {
      boolean interrupted = false;
      while (!woken) {
        LockSupport.park(this);
        interrupted |= Thread.interrupted();
      }
      if (interrupted) {
        thread.interrupt();
      }
    }

    /** Lets its thread have the answer, or a failure if there is none of its own. */
    void end(Throwable thrown) {
      if (!isAnswered()) {
        failure = thrown;
      }
      wake();
    }

    void wake() {
      woken = true;
      LockSupport.unpark(thread);
    }

    boolean isAnswered() {
      return answer != null || failure != null;
    }

    Prediction result() {
      if (failure instanceof Error error) {
        throw error;
      }
      if (failure instanceof RuntimeException exception) {
        throw exception;
      }
      return answer;
    }
  }

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

  /**
   * Computes the next batch, and lets the thread of the longest waiting request compute the one
   * after it. Whatever happens, each request has an answer or a failure then: its thread waits.
   *
   * @param first the request that the batch begins with, of this thread
   */
  @SuppressWarnings("IllegalCatch")
  private void computeNext(Request first) {
    List<Request> batch = List.of();
    Throwable thrown = null;
    try {
      batch = next();
      compute(batch);
    } catch (Throwable failure) { // such as a lack of memory: from here on, nothing needs any
      thrown = failure;
    }
    for (int index = 0; index < batch.size(); index++) {
      batch.get(index).end(thrown);
    }
    first.end(thrown); // in case that no batch could be made
    passOn(first);
  }

  private synchronized List<Request> next() {
    int size = Math.min(maxBatchSize, waiting.size());
    List<Request> batch = new ArrayList<>(size);
    while (batch.size() < size) {
      batch.add(waiting.remove());
    }
    return batch;
  }

  private synchronized void passOn(Request done) {
    if (waiting.peek() == done) { // no batch could be made
      waiting.remove();
    }
    isComputing = !waiting.isEmpty();
    if (isComputing) {
      waiting.element().wake();
    }
  }

  /** Answers all; if one of them fails, each alone, so that each has the failure of its own. */
  @SuppressWarnings("IllegalCatch")
  private void compute(List<Request> batch) {
    try {
      float[][][] series = new float[batch.size()][][];
      for (int index = 0; index < series.length; index++) {
        series[index] = batch.get(index).series;
      }
      List<Prediction> predictions = classifier.apply(series);
      for (int index = 0; index < series.length; index++) {
        batch.get(index).answer = predictions.get(index);
      }
    } catch (Throwable failure) {
      if (batch.size() == 1) {
        batch.get(0).failure = failure;
      } else {
        batch.forEach(request -> compute(List.of(request)));
      }
    }
  }
}
