package io.github.lstmfcn.model.graph;

import io.github.lstmfcn.error.InvalidInputException;

/** Something that maps series to class probabilities: a session of weights, a SavedModel. */
public interface Predictor extends AutoCloseable {

  /** Steps of a series. */
  int length();

  /** Number of classes. */
  int classes();

  /** Whether a prediction depends on the other series of its batch. */
  boolean dependsOnBatch();

  /**
   * How many series to run at once: as the original evaluates, or fewer long ones where the answer
   * is the same.
   */
  default int batchSize() {
    return dependsOnBatch() ? Batches.ORIGINAL_SIZE : Batches.size(length());
  }

  /**
   * Class probabilities.
   *
   * @param series float32 {@code [N][length]}, no missing values
   * @param batchSize how many at once, in order, the last batch short; matters to the result, but
   *     for rounding, only where {@link #dependsOnBatch}
   * @return float32 {@code [N][classes]}
   * @throws InvalidInputException if the values of a series are so large that the network overflows
   * @throws IllegalArgumentException if a series has another length or the batch size is not
   *     positive
   */
  float[][] probabilities(float[][] series, int batchSize);

  /**
   * The same probabilities, if they are numbers: those of a series are not if its values are so
   * large that a product or sum in the network overflows.
   *
   * @throws InvalidInputException if some are not; names the first such series, from 1
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

  /** Index of the largest probability, the first of equals. */
  static int likeliest(float[] probabilities) {
    int best = 0;
    for (int k = 1; k < probabilities.length; k++) {
      best = probabilities[k] > probabilities[best] ? k : best;
    }
    return best;
  }

  /** Frees the native memory. */
  @Override
  void close();
}
