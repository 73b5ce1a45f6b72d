package io.github.lstmfcn.report;

import io.github.lstmfcn.report.result.Results;
import io.github.lstmfcn.report.statistics.Comparison;
import io.github.lstmfcn.report.statistics.PostHoc;
import io.github.lstmfcn.report.statistics.Ranking;

/**
 * Results beside what was reported, and methods beside each other.
 *
 * @param results of models; at least one
 * @param everywhere their methods on all sets
 * @param ranking of those that have enough sets, on the sets that all of these have
 */
public record Report(Results results, Comparison everywhere, Ranking ranking) {

  /** Compares all methods of some results. */
  public static Report of(Results results, PostHoc postHoc) {
    Comparison everywhere = Comparison.of(results.list());
    Comparison ranked = everywhere.ranked(Ranking.FEWEST_SETS);
    return new Report(results, everywhere, Ranking.of(ranked, postHoc));
  }

  /** Whether there were enough methods and sets to test anything. */
  public boolean isTested() {
    return ranking.isTested();
  }

  /** Whether any result has a reported counterpart. */
  boolean hasReported() {
    return results.list().stream().anyMatch(result -> result.reported() != null);
  }
}
