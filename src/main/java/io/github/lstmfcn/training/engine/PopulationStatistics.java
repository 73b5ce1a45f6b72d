package io.github.lstmfcn.training.engine;

import io.github.lstmfcn.model.WeightArray;

/**
 * Mean and variance of each filter over several batches, computed from those of each batch: the
 * pairwise update of T. Chan, G. Golub and R. LeVeque, 1979.
 */
final class PopulationStatistics {
  private final double[] mean; // (filters)
  private final double[] squares; // (filters), sums of squared deviations from the mean
  private double count;

  /** Starts without batches. */
  PopulationStatistics(int filters) {
    mean = new double[filters];
    squares = new double[filters];
  }

  /**
   * Adds a batch.
   *
   * @param batchMean the mean of each filter
   * @param unbiased the unbiased variance of each filter, divided by n - 1
   * @param n the number of values per filter: batch size × length
   */
  void add(float[] batchMean, float[] unbiased, double n) {
    double total = count + n;
    for (int filter = 0; filter < mean.length; filter++) {
      double distance = batchMean[filter] - mean[filter];
      mean[filter] += distance * n / total;
      squares[filter] += unbiased[filter] * (n - 1) + distance * distance * count * n / total;
    }
    count = total;
  }

  /** The mean, float32 {@code (filters)}. */
  WeightArray mean() {
    return array(mean, 1);
  }

  /**
   * The variance, float32 {@code (filters)}, divided by n as in the normalisation of a batch in
   * training.
   */
  WeightArray variance() {
    return array(squares, count);
  }

  private static WeightArray array(double[] values, double divisor) {
    float[] floats = new float[values.length];
    for (int filter = 0; filter < floats.length; filter++) {
      floats[filter] = (float) (values[filter] / divisor);
    }
    return new WeightArray(new int[] {floats.length}, floats);
  }
}
