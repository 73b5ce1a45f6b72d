package io.github.lstmfcn.report.statistics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The post-hoc test that decides which pairs of methods differ. */
public enum PostHoc {
  /**
   * Wilcoxon's signed-rank test of each pair, the p-values adjusted by Holm's step-down procedure
   * (Holm 1979; Benavoli, Corani, Mangili 2016).
   */
  WILCOXON_HOLM("wilcoxon-holm", "Wilcoxon's test with Holm's procedure") {
    @Override
    public List<MethodPair> adjust(List<MethodPair> pairs, double[] meanRanks, int sets) {
      MethodPair[] adjusted = pairs.toArray(MethodPair[]::new);
      Integer[] order = new Integer[adjusted.length];
      Arrays.setAll(order, index -> index);
      Arrays.sort(order, Comparator.comparingDouble(index -> adjusted[index].wilcoxon()));
      double most = 0;
      for (int step = 0; step < order.length; step++) {
        MethodPair pair = adjusted[order[step]];
        most = Math.max(most, Math.min(1, (order.length - step) * pair.wilcoxon()));
        adjusted[order[step]] = pair.adjustedTo(most);
      }
      return List.of(adjusted);
    }
  },

  /** Nemenyi's test of the differences of mean ranks (Nemenyi 1963; Demsar 2006). */
  NEMENYI("nemenyi", "Nemenyi's test") {
    @Override
    public List<MethodPair> adjust(List<MethodPair> pairs, double[] meanRanks, int sets) {
      StudentizedRange range = new StudentizedRange(meanRanks.length);
      double unit = rankUnit(meanRanks.length, sets);
      return pairs.stream()
          .map(
              pair ->
                  pair.adjustedTo(
                      range.survivalProbability(
                          Math.abs(meanRanks[pair.first()] - meanRanks[pair.second()]) / unit)))
          .toList();
    }
  };

  private final String name;
  private final String title;

  PostHoc(String name, String title) {
    this.name = name;
    this.title = title;
  }

  /** The name of the test for people. */
  public String title() {
    return title;
  }

  /** The name of the test as an option value. */
  @Override
  public String toString() {
    return name;
  }

  /** The pairs with p-values that are adjusted for the number of pairs. */
  public abstract List<MethodPair> adjust(List<MethodPair> pairs, double[] meanRanks, int sets);

  /** The difference of mean ranks that corresponds to a studentized range of one. */
  private static double rankUnit(double methods, double sets) {
    return Math.sqrt(methods * (methods + 1) / (12 * sets));
  }

  /**
   * The critical difference of Nemenyi's test: from this difference of mean ranks on, methods
   * differ.
   */
  static double criticalDifference(int methods, int sets, double significance) {
    return new StudentizedRange(methods).critical(significance) * rankUnit(methods, sets);
  }
}
