package io.github.lstmfcn.report;

/**
 * Two methods, set by set.
 *
 * @param first index of a method
 * @param second index of a later one
 * @param wins sets on which the first is more accurate
 * @param ties sets on which both are equal
 * @param losses sets on which the second is more accurate
 * @param meanDifference accuracy of the first less that of the second, mean over the sets
 * @param wilcoxon p-value of Wilcoxon's signed-rank test, two-sided; 1 if the two are equal
 *     everywhere
 * @param adjusted p-value of the test that was chosen, adjusted for the number of pairs
 */
public record Pair(
    int first,
    int second,
    int wins,
    int ties,
    int losses,
    double meanDifference,
    double wilcoxon,
    double adjusted) {

  /** Whether it is of these two, in either order. */
  boolean isOf(int one, int other) {
    return first == Math.min(one, other) && second == Math.max(one, other);
  }

  /** The same with another adjusted p-value. */
  Pair adjustedTo(double pValue) {
    return new Pair(first, second, wins, ties, losses, meanDifference, wilcoxon, pValue);
  }
}
