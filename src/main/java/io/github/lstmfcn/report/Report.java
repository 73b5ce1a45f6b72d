package io.github.lstmfcn.report;

import io.github.lstmfcn.report.result.Result;
import io.github.lstmfcn.report.result.Results;
import io.github.lstmfcn.report.statistics.Comparison;
import io.github.lstmfcn.report.statistics.PostHoc;
import io.github.lstmfcn.report.statistics.Ranking;
import io.github.lstmfcn.report.statistics.ReportedDifference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A comparison of results with the reported accuracies and of methods with each other.
 *
 * @param results the results of models; at least one
 * @param everywhere the methods on all datasets
 * @param ranking the ranking of the methods with enough datasets, on the datasets that these have
 *     in common
 */
public record Report(Results results, Comparison everywhere, Ranking ranking) {

  /** Compares all methods of the given results. */
  public static Report of(Results results, PostHoc postHoc) {
    Comparison everywhere = Comparison.of(results.list());
    Comparison ranked = everywhere.ranked(Ranking.FEWEST_SETS);
    return new Report(results, everywhere, Ranking.of(ranked, postHoc));
  }

  /** Whether there were enough methods and datasets for tests. */
  public boolean isTested() {
    return ranking.isTested();
  }

  /** The methods of which any model has a reported accuracy, with these models beside it. */
  Map<String, ReportedDifference> reportedDifferences() {
    Map<String, ReportedDifference> differences = new LinkedHashMap<>();
    for (String method : everywhere.methods()) {
      List<Result> models =
          results.of(method).stream().filter(result -> result.reported() != null).toList();
      if (!models.isEmpty()) {
        differences.put(method, ReportedDifference.of(models));
      }
    }
    return differences;
  }

  /** Whether an accuracy was reported for any of the results. */
  boolean hasReported() {
    return results.list().stream().anyMatch(result -> result.reported() != null);
  }
}
