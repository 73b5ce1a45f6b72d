package io.github.lstmfcn.explain;

import java.util.Arrays;

/**
 * The mean of repeated measurements with its 95 % confidence interval.
 *
 * @param mean the mean
 * @param low the lower end of the interval
 * @param high the upper end of the interval
 */
public record Interval(double mean, double low, double high) {
  private static final double CONFIDENCE = 0.95;

  /**
   * Student's interval of the mean.
   *
   * @param values at least two values
   */
  static Interval ofMean(double[] values) {
    int count = values.length;
    double mean = Arrays.stream(values).average().orElseThrow();
    double squares = Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
    double error = Math.sqrt(squares / (count - 1) / count);
    double half = quantile(count - 1) * error;
    return new Interval(mean, mean - half, mean + half);
  }

  /** The value that Student's t exceeds in magnitude in 5 % of cases. */
  static double quantile(int degrees) {
    double low = 0;
    double high = Math.PI / 2;
    while (true) {
      double angle = (low + high) / 2;
      if (angle <= low || angle >= high) { // no number lies between them
        return Math.sqrt(degrees) * Math.tan(angle);
      }
      if (within(angle, degrees) < CONFIDENCE) {
        low = angle;
      } else {
        high = angle;
      }
    }
  }

  /**
   * The probability that the magnitude of Student's t is at most {@code sqrt(degrees) tan(angle)}:
   * Abramowitz and Stegun, formulas 26.7.3 and 26.7.4.
   */
  private static double within(double angle, int degrees) {
    double cosine = Math.cos(angle);
    boolean odd = degrees % 2 == 1;
    double term = odd ? cosine : 1;
    double sum = odd && degrees == 1 ? 0 : term;
    for (int power = odd ? 3 : 2; power <= degrees - 2; power += 2) {
      term *= cosine * cosine * (power - 1) / power;
      sum += term;
    }
    double rest = Math.sin(angle) * sum;
    return odd ? 2 / Math.PI * (angle + rest) : rest;
  }
}
