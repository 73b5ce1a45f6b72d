package io.github.lstmfcn.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;
import org.apache.commons.statistics.inference.ContinuityCorrection;
import org.apache.commons.statistics.inference.WilcoxonSignedRankTest;

/** How it is decided which pairs of methods differ. */
public enum PostHoc {
  /**
   * Wilcoxon's signed-rank test of each pair, the p-values adjusted by Holm's step-down procedure
   * (Holm 1979; Benavoli, Corani, Mangili 2016).
   */
  WILCOXON_HOLM("wilcoxon-holm", "Wilcoxon's test with Holm's procedure") {
    @Override
    List<Pair> adjust(Comparison comparison, List<Pair> pairs) {
      Pair[] adjusted = pairs.toArray(Pair[]::new);
      Integer[] order = new Integer[adjusted.length];
      Arrays.setAll(order, index -> index);
      Arrays.sort(order, Comparator.comparingDouble(index -> adjusted[index].wilcoxon()));
      double most = 0;
      for (int step = 0; step < order.length; step++) {
        Pair pair = adjusted[order[step]];
        most = Math.max(most, Math.min(1, (order.length - step) * pair.wilcoxon()));
        adjusted[order[step]] = pair.adjustedTo(most);
      }
      return List.of(adjusted);
    }
  },

  /** Nemenyi's test of the differences of mean ranks (Nemenyi 1963; Demsar 2006). */
  NEMENYI("nemenyi", "Nemenyi's test") {
    @Override
    List<Pair> adjust(Comparison comparison, List<Pair> pairs) {
      double[] ranks = comparison.meanRanks();
      StudentizedRange range = new StudentizedRange(ranks.length);
      double unit = rankUnit(comparison);
      return pairs.stream()
          .map(
              pair ->
                  pair.adjustedTo(
                      range.survivalProbability(
                          Math.abs(ranks[pair.first()] - ranks[pair.second()]) / unit)))
          .toList();
    }
  };

  /** Differences of accuracies that differ by less are equal: they differ by rounding. */
  private static final double RESOLUTION = 1e-9;

  /** As SciPy has it by default. */
  private static final WilcoxonSignedRankTest WILCOXON =
      WilcoxonSignedRankTest.withDefaults().with(ContinuityCorrection.DISABLED);

  private final String name;
  private final String title;

  PostHoc(String name, String title) {
    this.name = name;
    this.title = title;
  }

  /** In words. */
  String title() {
    return title;
  }

  /** Its name as users give it. */
  @Override
  public String toString() {
    return name;
  }

  /** Every pair of methods with an adjusted p-value. */
  List<Pair> pairs(Comparison comparison) {
    List<Pair> pairs = new ArrayList<>();
    for (int first = 0; first < comparison.methods().size(); first++) {
      for (int second = first + 1; second < comparison.methods().size(); second++) {
        pairs.add(pair(comparison, first, second));
      }
    }
    return adjust(comparison, pairs);
  }

  abstract List<Pair> adjust(Comparison comparison, List<Pair> pairs);

  private static Pair pair(Comparison comparison, int first, int second) {
    double[] differences = new double[comparison.sets().size()];
    for (int set = 0; set < differences.length; set++) {
      double[] ofSet = comparison.accuracies()[set];
      differences[set] = Math.rint((ofSet[first] - ofSet[second]) / RESOLUTION) * RESOLUTION;
    }
    double pValue = wilcoxon(differences);
    return new Pair(
        first,
        second,
        (int) DoubleStream.of(differences).filter(difference -> difference > 0).count(),
        (int) DoubleStream.of(differences).filter(difference -> difference == 0).count(),
        (int) DoubleStream.of(differences).filter(difference -> difference < 0).count(),
        DoubleStream.of(differences).average().orElse(0),
        pValue,
        pValue);
  }

  /**
   * The p-value of Wilcoxon's signed-rank test, two-sided, zeros left out: exact for at most 50
   * differences without ties, else the normal approximation.
   */
  static double wilcoxon(double[] differences) {
    double[] changes = DoubleStream.of(differences).filter(value -> value != 0).toArray();
    return changes.length == 0 ? 1 : WILCOXON.test(changes).getPValue();
  }

  /** The difference of mean ranks that a range of one stands for. */
  private static double rankUnit(Comparison comparison) {
    double methods = comparison.methods().size();
    return Math.sqrt(methods * (methods + 1) / (12 * comparison.sets().size()));
  }

  /** The difference of mean ranks from which on Nemenyi's test tells two methods apart. */
  static double criticalDifference(Comparison comparison, double significance) {
    return new StudentizedRange(comparison.methods().size()).critical(significance)
        * rankUnit(comparison);
  }
}
