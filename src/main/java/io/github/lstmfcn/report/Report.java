package io.github.lstmfcn.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Results beside what was reported, and methods beside each other.
 *
 * @param results at least one
 * @param everywhere their methods on all sets
 * @param comparison of them on the sets that all methods have
 * @param postHoc how it is decided which methods differ
 * @param friedman whether they differ at all; null where {@link #isTested} is not so
 * @param pairs of methods; empty where it is not so
 */
public record Report(
    Results results,
    Comparison everywhere,
    Comparison comparison,
    PostHoc postHoc,
    Friedman friedman,
    List<Pair> pairs) {
  /** On five sets no signed-rank test can find anything: its least p-value is 1/16. */
  static final int FEWEST_SETS = 6;

  /** Copies the list. */
  public Report {
    pairs = List.copyOf(pairs);
  }

  /** Compares all methods of some results. */
  public static Report of(Results results, PostHoc postHoc) {
    Comparison everywhere = Comparison.of(results.list());
    Comparison comparison = everywhere.complete();
    boolean tested = isTested(comparison);
    return new Report(
        results,
        everywhere,
        comparison,
        postHoc,
        tested ? Friedman.of(comparison) : null,
        tested ? postHoc.pairs(comparison) : List.of());
  }

  /** Whether there are enough methods and sets to test anything. */
  public boolean isTested() {
    return isTested(comparison);
  }

  private static boolean isTested(Comparison comparison) {
    return comparison.methods().size() > 1 && comparison.sets().size() >= FEWEST_SETS;
  }

  /** Whether the test found two methods to differ. */
  boolean differ(int one, int other) {
    return pairs.stream()
        .filter(pair -> pair.isOf(one, other))
        .anyMatch(pair -> pair.adjusted() < Result.SIGNIFICANCE);
  }

  /** Methods in the order of their mean ranks, the best first. */
  List<Integer> byRank() {
    double[] ranks = comparison.meanRanks();
    return IntStream.range(0, ranks.length)
        .boxed()
        .sorted(Comparator.comparingDouble(method -> ranks[method]))
        .toList();
  }

  /**
   * The largest groups of methods with neighbouring ranks of which no two were found to differ, as
   * places in {@link #byRank}, first and last.
   */
  List<int[]> groups() {
    List<Integer> order = byRank();
    List<int[]> groups = new ArrayList<>();
    int reached = -1;
    for (int first = 0; first < order.size(); first++) {
      int last = first;
      while (last + 1 < order.size() && isAlike(order, first, last + 1)) {
        last++;
      }
      if (last > first && last > reached) {
        groups.add(new int[] {first, last});
        reached = last;
      }
    }
    return groups;
  }

  private boolean isAlike(List<Integer> order, int first, int added) {
    return IntStream.range(first, added).noneMatch(at -> differ(order.get(at), order.get(added)));
  }

  /** What the tests found, one sentence each. */
  List<String> findings() {
    List<String> findings = new ArrayList<>();
    int sets = comparison.sets().size();
    findings.add(
        "%d results of %d methods on %d sets; all methods have %d of the sets."
            .formatted(
                results.list().size(),
                comparison.methods().size(),
                everywhere.sets().size(),
                sets));
    if (!results.skipped().isEmpty()) {
      findings.add(
          "%d models have no result, as they are not finished, have no TEST or could not be measured: %s."
              .formatted(results.skipped().size(), Numbers.listing(results.skipped())));
    }
    if (!isTested()) {
      findings.add(
          "Nothing is tested: that takes two methods and %d sets that both have."
              .formatted(FEWEST_SETS));
      return findings;
    }
    if (comparison.methods().size() > 2) {
      findings.add(
          "Friedman's test: chi-squared %s with %d degrees of freedom, p = %s."
              .formatted(
                  Numbers.decimal(3, friedman.statistic()),
                  friedman.degreesOfFreedom(),
                  Numbers.pValue(friedman.pValue())));
      if (friedman.pValue() >= Result.SIGNIFICANCE) {
        findings.add(
            "It does not rule out that all methods are alike: pairs that differ may do so by chance.");
      }
    }
    findings.add(
        postHoc == PostHoc.NEMENYI
            ? "Nemenyi's test at 5 %%: mean ranks differ from %s on."
                .formatted(
                    Numbers.decimal(4, PostHoc.criticalDifference(comparison, Result.SIGNIFICANCE)))
            : "Wilcoxon's signed-rank test of each pair at 5 %, adjusted by Holm.");
    return findings;
  }

  /** Everything as numbers, for JSON. */
  public Map<String, Object> map() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("results", resultMaps());
    map.put("skipped", results.skipped().stream().map(Object::toString).toList());
    map.put("sets", comparison.sets());
    map.put(
        "methods", IntStream.range(0, comparison.methods().size()).mapToObj(this::map).toList());
    map.put("accuracies", comparison.accuracies());
    if (isTested()) {
      map.put("friedman", friedman);
      map.put("post_hoc", postHoc.toString());
      map.put(
          "nemenyi_critical_difference",
          PostHoc.criticalDifference(comparison, Result.SIGNIFICANCE));
      map.put("pairs", pairs.stream().map(this::map).toList());
      map.put(
          "groups",
          groups().stream()
              .map(
                  group ->
                      byRank().subList(group[0], group[1] + 1).stream()
                          .map(comparison.methods()::get)
                          .toList())
              .toList());
    }
    return map;
  }

  /** The results as numbers. */
  List<Map<String, Object>> resultMaps() {
    return results.list().stream().map(Report::map).toList();
  }

  private static Map<String, Object> map(Result result) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("set", result.set());
    map.put("method", result.method());
    map.put("run", result.run());
    map.put("cells", result.cells());
    map.put("classes", result.classes());
    map.put("correct", result.correct());
    map.put("total", result.total());
    map.put("accuracy", result.accuracy());
    map.put("lower", result.interval().getLowerBound());
    map.put("upper", result.interval().getUpperBound());
    map.put("chosen_on", result.chosenOn());
    if (result.reported() != null) {
      map.put("reported_in", result.reported().source());
      map.put("reported", result.reported().accuracy());
      map.put("reported_correct", result.reported().correct(result.total()));
      map.put("difference", result.difference().orElseThrow());
      map.put("chance", result.chance().orElseThrow());
      map.put("within_chance", result.withinChance());
    }
    map.put("place", result.place() == null ? "" : result.place().toString());
    return map;
  }

  private Map<String, Object> map(int method) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("method", comparison.methods().get(method));
    map.put("mean_accuracy", comparison.meanAccuracy(method));
    map.put("mean_rank", comparison.meanRanks()[method]);
    map.put("wins", comparison.wins(method));
    map.put("shared_wins", comparison.sharedWins(method));
    map.put("mean_per_class_error", comparison.meanPerClassError(method));
    return map;
  }

  private Map<String, Object> map(Pair pair) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("first", comparison.methods().get(pair.first()));
    map.put("second", comparison.methods().get(pair.second()));
    map.put("wins", pair.wins());
    map.put("ties", pair.ties());
    map.put("losses", pair.losses());
    map.put("mean_difference", pair.meanDifference());
    map.put("wilcoxon", pair.wilcoxon());
    map.put("adjusted", pair.adjusted());
    return map;
  }
}
