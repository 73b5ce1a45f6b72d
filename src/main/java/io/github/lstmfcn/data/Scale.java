package io.github.lstmfcn.data;

import java.util.List;

/**
 * Mean and standard deviation of values, computed in double precision.
 *
 * @param mean the mean
 * @param deviation the standard deviation
 */
record Scale(double mean, double deviation) {

  /**
   * The scale of all values of some rows.
   *
   * @param rows the values; any of the rows may be empty
   * @param spare what is subtracted from the number of values in the variance: 0 for the population
   *     standard deviation, 1 for that of a sample
   * @return the scale; 0 and 0 where there are no values
   */
  static Scale of(List<float[]> rows, int spare) {
    double sum = 0;
    double count = 0;
    for (float[] row : rows) {
      for (float value : row) {
        sum += value;
      }
      count += row.length;
    }
    double mean = count == 0 ? 0 : sum / count;
    double squares = 0;
    for (float[] row : rows) {
      for (float value : row) {
        squares += (value - mean) * (value - mean);
      }
    }
    return new Scale(mean, count > spare ? Math.sqrt(squares / (count - spare)) : 0);
  }

  /** Replaces each value by {@code (x - mean) / (deviation + 1e-8)}. */
  void apply(float[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) ((values[i] - mean) / (deviation + Normalization.EPSILON));
    }
  }

  /** Replaces each value by {@code (x - mean) / deviation}, or by 0 if the deviation is 0. */
  void applyExactly(float[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = deviation == 0 ? 0 : (float) ((values[i] - mean) / deviation);
    }
  }
}
