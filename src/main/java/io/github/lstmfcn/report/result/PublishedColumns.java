package io.github.lstmfcn.report.result;

import io.github.lstmfcn.data.UeaCatalog;
import io.github.lstmfcn.verification.MultivariateCatalog;
import io.github.lstmfcn.verification.MultivariateDataset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The columns of accuracies that were reported on multivariate datasets, as far as they belong
 * beside results.
 *
 * @param totals the numbers of series that each dataset of the results was measured on, by the name
 *     that an archive has for the dataset
 */
record PublishedColumns(Map<String, Set<Integer>> totals) {

  static PublishedColumns beside(List<Result> results) {
    return new PublishedColumns(
        results.stream()
            .collect(
                Collectors.groupingBy(
                    Result::set,
                    LinkedHashMap::new,
                    Collectors.mapping(Result::total, Collectors.toCollection(TreeSet::new)))));
  }

  /**
   * The accuracies that were reported on the series of the results. Skipped are those that were
   * reported on other series, or on an unknown number of series.
   */
  Results multivariate() {
    List<Result> same =
        MultivariateCatalog.all().stream()
            .filter(score -> totals.getOrDefault(score.set(), Set.of()).contains(score.total()))
            .map(Results::published)
            .toList();
    List<SkippedResult> skipped = new ArrayList<>();
    totals.forEach(
        (set, found) -> {
          MultivariateCatalog.find(set).ifPresent(known -> skip(known, found, skipped));
          UeaCatalog.published()
              .find(set)
              .filter(uea -> !found.contains(uea.testSize()))
              .map(uea -> otherSplit("UEA table, " + uea.name(), uea.testSize(), found))
              .ifPresent(skipped::add);
        });
    return new Results(same, skipped);
  }

  private static void skip(
      MultivariateDataset known, Set<Integer> found, List<SkippedResult> skipped) {
    String column = "multivariate README, " + known.name();
    if (known.testSize().isEmpty()) {
      skipped.add(new SkippedResult(column, "reported without the size of TEST"));
    } else if (!found.contains(known.testSize().getAsInt())) {
      skipped.add(otherSplit(column, known.testSize().getAsInt(), found));
    }
  }

  private static SkippedResult otherSplit(String column, int total, Set<Integer> found) {
    String here = found.stream().map(String::valueOf).collect(Collectors.joining(" and "));
    return new SkippedResult(
        "%s (TEST of %s series, here %s)".formatted(column, total, here),
        "reported on another split");
  }
}
