package io.github.lstmfcn.report.statistics;

import io.github.lstmfcn.report.result.Result;

/**
 * Two methods, set by set.
 *
 * @param first index of a method
 * @param second index of a later one
 * @param wins sets on which the first is more accurate
 * @param ties sets on which both are equal
 * @param losses sets on which the second is more accurate
 * @param meanDifference accuracy of the first less that of the second, mean over the sets
 * @param wilcoxon p-value of Wilcoxon's signed-rank test
 * @param adjusted p-value of the test that was chosen, adjusted for the number of pairs
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

  /** Compares accuracies of two methods on the same sets; nothing is adjusted yet. */
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

  /** Whether the two were found to differ. */
  public boolean differ() {
    return adjusted < Result.SIGNIFICANCE;
  }

  /** The same with another adjusted p-value. */
  MethodPair adjustedTo(double pValue) {
    return new MethodPair(first, second, wins, ties, losses, meanDifference, wilcoxon, pValue);
  }
}
