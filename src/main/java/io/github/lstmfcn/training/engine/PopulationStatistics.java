package io.github.lstmfcn.training.engine;

import io.github.lstmfcn.model.WeightArray;

/**
 * Mean and variance of each filter over everything that batches held, from those of each batch: the
 * pairwise update of T. Chan, G. Golub and R. LeVeque, 1979.
 */
final class PopulationStatistics {
  private final double[] mean; // (filters)
  private final double[] squares; // (filters), summed squares of the distances to the mean
  private double count;

  /** Of nothing yet. */
  PopulationStatistics(int filters) {
    mean = new double[filters];
    squares = new double[filters];
  }

  /**
   * Adds a batch.
   *
   * @param batchMean of each filter
   * @param unbiased variance of each filter, divided by n - 1
   * @param n values per filter: batch size × length
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

  /** Float32 {@code (filters)}. */
  WeightArray mean() {
    return array(mean, 1);
  }

  /** Float32 {@code (filters)}, divided by n: what a batch is normalised by in training. */
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
