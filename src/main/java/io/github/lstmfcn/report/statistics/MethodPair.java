package io.github.lstmfcn.report.statistics;

import io.github.lstmfcn.report.result.Result;

/**
 * A comparison of two methods on the same datasets.
 *
 * @param first the index of a method
 * @param second the index of a later method
 * @param wins the number of datasets on which the first is more accurate
 * @param ties the number of datasets on which both are equal
 * @param losses the number of datasets on which the second is more accurate
 * @param meanDifference the accuracy of the first minus that of the second, mean over the datasets
 * @param wilcoxon the p-value of Wilcoxon's signed-rank test
 * @param adjusted the p-value of the post-hoc test, adjusted for the number of pairs
 */
public record MethodPair(
    int first,
    int second,
    int wins,
    int ties,
    int losses,
    double meanDifference,
    double wilcoxon,
    double adjusted) {

  /** Compares the accuracies of two methods on the same datasets, without adjustment. */
  static MethodPair of(int first, int second, double[] ofFirst, double[] ofSecond) {
    double[] differences = new double[ofFirst.length];
    int wins = 0;
    int losses = 0;
    double sum = 0;
    for (int set = 0; set < differences.length; set++) {
      differences[set] = Comparison.rounded(ofFirst[set] - ofSecond[set]);
      wins += differences[set] > 0 ? 1 : 0;
      losses += differences[set] < 0 ? 1 : 0;
      sum += differences[set];
    }
    double pValue = Wilcoxon.pValue(differences);
    int sets = differences.length;
    return new MethodPair(
        first, second, wins, sets - wins - losses, losses, sum / sets, pValue, pValue);
  }

  /** Whether the two methods differ significantly. */
  public boolean differ() {
    return adjusted < Result.SIGNIFICANCE;
  }

  /** This pair with another adjusted p-value. */
  MethodPair adjustedTo(double pValue) {
    return new MethodPair(first, second, wins, ties, losses, meanDifference, wilcoxon, pValue);
  }
}
