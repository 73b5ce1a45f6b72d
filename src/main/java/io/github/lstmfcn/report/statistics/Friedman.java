package io.github.lstmfcn.report.statistics;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/**
 * Friedman's test of whether methods differ at all, by their ranks on each dataset, corrected for
 * ties (Friedman 1937; Conover 1999).
 *
 * @param statistic chi-squared
 * @param degreesOfFreedom the number of methods minus one
 * @param pValue the p-value
 */
public record Friedman(double statistic, int degreesOfFreedom, double pValue) {

  /**
   * Performs the test.
   *
   * @param ranks {@code [sets][methods]} of at least two methods on at least one dataset
   */
  public static Friedman of(double[][] ranks) {
    int methods = ranks[0].length;
    int sets = ranks.length;
    double sumOfSquares = 0;
    for (int method = 0; method < methods; method++) {
      double sum = 0;
      for (double[] ofSet : ranks) {
        sum += ofSet[method];
      }
      sumOfSquares += sum * sum;
    }
    double ties = Arrays.stream(ranks).mapToDouble(Friedman::ties).sum();
    double correction = 1 - ties / ((double) methods * (methods * methods - 1) * sets);
    double plain =
        12 * sumOfSquares / ((double) methods * sets * (methods + 1)) - 3.0 * sets * (methods + 1);
    double statistic = correction == 0 ? 0 : plain / correction; // 0: all methods equal everywhere
    double pValue =
        ChiSquaredDistribution.of(methods - 1).survivalProbability(Math.max(0, statistic));
    return new Friedman(statistic, methods - 1, pValue);
  }

  /** The sum of {@code t^3 - t} over groups of {@code t} equal ranks. */
  private static double ties(double[] ranks) {
    double sum = 0;
    for (double rank : ranks) {
      double equals = Arrays.stream(ranks).filter(other -> other == rank).count();
      sum += equals * equals - 1; // each of the t members: t^2 - 1
    }
    return sum;
  }
}
