package io.github.lstmfcn.report.statistics;

import io.github.lstmfcn.report.result.Result;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Methods in the order of their mean ranks, with the tests of whether they differ.
 *
 * @param comparison the comparison of the methods on datasets that they have in common
 * @param postHoc the post-hoc test
 * @param meanRanks the mean rank of each method: 1 if it is the most accurate on every dataset; NaN
 *     without datasets
 * @param order the indices of the methods, the best first
 * @param friedman Friedman's test; null unless {@link #isTested}
 * @param pairs the pairs of methods; empty unless {@link #isTested}
 * @param groups the largest groups of consecutive methods in the order that do not differ
 *     significantly
 */
public record Ranking(
    Comparison comparison,
    PostHoc postHoc,
    double[] meanRanks,
    List<Integer> order,
    Friedman friedman,
    List<MethodPair> pairs,
    List<Group> groups) {
  /** On five datasets the signed-rank test cannot be significant: its smallest p-value is 1/16. */
  public static final int FEWEST_SETS = 6;

  /** Consecutive methods in the order, from a first to a last place. */
  public record Group(int first, int last) {}

  /** Ranks the methods and tests whether they differ. */
  public static Ranking of(Comparison comparison, PostHoc postHoc) {
    double[][] ranks = comparison.ranks();
    double[] meanRanks =
        IntStream.range(0, comparison.methods().size())
            .mapToDouble(m -> DoubleStream.of(column(ranks, m)).average().orElse(Double.NaN))
            .toArray();
    List<Integer> order =
        IntStream.range(0, meanRanks.length)
            .boxed()
            .sorted(Comparator.comparingDouble(method -> meanRanks[method]))
            .toList();
    if (!isTested(comparison)) {
      return new Ranking(comparison, postHoc, meanRanks, order, null, List.of(), List.of());
    }
    List<MethodPair> pairs = postHoc.adjust(pairs(comparison), meanRanks, comparison.sets().size());
    return new Ranking(
        comparison, postHoc, meanRanks, order, Friedman.of(ranks), pairs, groups(order, pairs));
  }

  private static double[] column(double[][] rows, int index) {
    return Arrays.stream(rows).mapToDouble(row -> row[index]).toArray();
  }

  private static boolean isTested(Comparison comparison) {
    return comparison.methods().size() > 1 && comparison.sets().size() >= FEWEST_SETS;
  }

  /** Whether there were enough methods and datasets for tests. */
  public boolean isTested() {
    return friedman != null;
  }

  private static List<MethodPair> pairs(Comparison comparison) {
    List<MethodPair> pairs = new ArrayList<>();
    for (int first = 0; first < comparison.methods().size(); first++) {
      for (int second = first + 1; second < comparison.methods().size(); second++) {
        pairs.add(
            MethodPair.of(
                first, second, comparison.accuracies(first), comparison.accuracies(second)));
      }
    }
    return pairs;
  }

  private static List<Group> groups(List<Integer> order, List<MethodPair> pairs) {
    boolean[][] differ = new boolean[order.size()][order.size()];
    for (MethodPair pair : pairs) {
      differ[pair.first()][pair.second()] = pair.differ();
      differ[pair.second()][pair.first()] = pair.differ();
    }
    List<Group> groups = new ArrayList<>();
    int last = 0;
    for (int first = 0; first < order.size(); first++) {
      int reached = Math.max(first, last);
      int next = reached;
      while (next + 1 < order.size() && isAlike(differ, order, first, next + 1)) {
        next++;
      }
      if (next > reached) {
        groups.add(new Group(first, next));
        last = next;
      }
    }
    return groups;
  }

  private static boolean isAlike(boolean[][] differ, List<Integer> order, int first, int added) {
    return IntStream.range(first, added).noneMatch(at -> differ[order.get(at)][order.get(added)]);
  }

  /**
   * The critical difference of Nemenyi's test: from this difference of mean ranks on, methods
   * differ.
   */
  public double criticalDifference() {
    return PostHoc.criticalDifference(
        comparison.methods().size(), comparison.sets().size(), Result.SIGNIFICANCE);
  }
}
