package io.github.lstmfcn.model.graph;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.machine.Measurement;
import io.github.lstmfcn.model.ClassScores;
import java.util.Optional;

/** Maps series to class probabilities: a session with weights, a SavedModel, an ensemble. */
public interface Predictor extends AutoCloseable {

  /** The number of variables of a series. */
  int variables();

  /** The number of steps of a series. */
  int length();

  /** The number of classes. */
  int classes();

  /** Whether the prediction for a series depends on the other series of its batch. */
  boolean dependsOnBatch();

  /**
   * The number of series to run at once: as in the original code's evaluation, or fewer for long
   * series where this does not change the result.
   */
  default int batchSize() {
    return dependsOnBatch() ? Batches.ORIGINAL_SIZE : Batches.size(length());
  }

  /**
   * Computes logits and class probabilities.
   *
   * @param series float32 {@code [N][variables × length]}, variables one after another, without
   *     missing values
   * @param batchSize as in {@link #probabilities}
   * @throws InvalidInputException as {@link #probabilities}, or if a SavedModel has no logits
   * @throws IllegalArgumentException as {@link #probabilities}
   * @throws UnsupportedOperationException if there are no logits, as for an ensemble, which
   *     averages probabilities
   */
  default ClassScores scores(float[][] series, int batchSize) {
    throw new UnsupportedOperationException("expected a single network, found one without logits");
  }

  /**
   * Computes class probabilities.
   *
   * @param series float32 {@code [N][variables × length]}, variables one after another, without
   *     missing values
   * @param batchSize the number of series that are run at once, in order; the last batch may be
   *     smaller. It changes the result by more than rounding only if {@link #dependsOnBatch}
   * @return float32 {@code [N][classes]}
   * @throws InvalidInputException if the values of a series are so large that the network overflows
   * @throws IllegalArgumentException if a series has another size or the batch size is not positive
   */
  default float[][] probabilities(float[][] series, int batchSize) {
    return scores(series, batchSize).probabilities();
  }

  /**
   * Returns the probabilities if none is NaN. They are NaN for a series whose values are so large
   * that a product or sum in the network overflows.
   *
   * @throws InvalidInputException if some are NaN; the message names the first such series, counted
   *     from 1
   */
  static float[][] checked(float[][] probabilities) {
    for (int row = 0; row < probabilities.length; row++) {
      for (float probability : probabilities[row]) {
        if (Float.isNaN(probability)) {
          throw new InvalidInputException(
              null,
              "series " + (row + 1),
              "values that the network can compute with",
              "values so large that its arithmetic overflows",
              "scale the series");
        }
      }
    }
    return probabilities;
  }

  /** The index of the largest probability; the first one if several are equal. */
  static int mostProbable(float[] probabilities) {
    int best = 0;
    for (int k = 1; k < probabilities.length; k++) {
      best = probabilities[k] > probabilities[best] ? k : best;
    }
    return best;
  }

  /**
   * Measures on this machine how long each way to compute the convolutions of a batch takes, and
   * keeps the times: models that are opened later take the fastest.
   *
   * @param batchSize the number of series at once
   * @return the times; empty if there is one way only, as for a graph that is run as it is stored
   * @throws IllegalArgumentException if the batch size is not positive
   */
  default Optional<Measurement> measure(int batchSize) {
    return Optional.empty();
  }

  /** Frees the native memory. */
  @Override
  void close();
}
