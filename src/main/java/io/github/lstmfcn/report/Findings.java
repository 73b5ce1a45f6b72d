package io.github.lstmfcn.report;

import io.github.lstmfcn.report.result.Result;
import io.github.lstmfcn.report.result.SkippedResult;
import io.github.lstmfcn.report.statistics.Comparison;
import io.github.lstmfcn.report.statistics.Friedman;
import io.github.lstmfcn.report.statistics.Numbers;
import io.github.lstmfcn.report.statistics.PostHoc;
import io.github.lstmfcn.report.statistics.Ranking;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The findings of a report, which a reader needs before its numbers, one sentence each.
 *
 * @param report the report
 */
public record Findings(Report report) {
  /** The sentences. */
  public List<String> sentences() {
    List<String> sentences = new ArrayList<>(List.of(size()));
    addChosenOnTest(sentences);
    addAveraged(sentences);
    addSplits(sentences);
    addUnranked(sentences);
    addSkipped(sentences);
    addTests(sentences);
    return sentences;
  }

  private String size() {
    return "%s of %s on %s; all ranked methods have %s."
        .formatted(
            Numbers.count(report.results().list().size(), "result"),
            Numbers.count(report.everywhere().methods().size(), "method"),
            Numbers.count(report.everywhere().sets().size(), "dataset"),
            Numbers.count(report.ranking().comparison().sets().size(), "dataset"));
  }

  private void addChosenOnTest(List<String> sentences) {
    List<String> methods =
        report.results().list().stream()
            .filter(result -> result.chosenOn().equals(Result.TEST))
            .map(Result::method)
            .distinct()
            .toList();
    if (!methods.isEmpty()) {
      sentences.add(
          "Selected by accuracy on TEST, therefore no estimate of the accuracy on new data: %s."
              .formatted(Numbers.listing(methods)));
    }
  }

  private void addAveraged(List<String> sentences) {
    Map<List<String>, Long> models =
        report.results().list().stream()
            .collect(
                Collectors.groupingBy(
                    result -> List.of(result.method(), result.set()),
                    LinkedHashMap::new,
                    Collectors.counting()));
    List<String> several =
        models.keySet().stream()
            .filter(key -> models.get(key) > 1)
            .map(key -> key.get(0))
            .distinct()
            .toList();
    if (!several.isEmpty()) {
      sentences.add(
          "The accuracies of several models of a method on a dataset are averaged: %s."
              .formatted(Numbers.listing(several)));
    }
  }

  private void addSplits(List<String> sentences) {
    Map<String, Set<Integer>> totals = Comparison.totals(report.results().list());
    List<String> several =
        totals.keySet().stream().filter(set -> totals.get(set).size() > 1).toList();
    if (!several.isEmpty()) {
      sentences.add(
          ("Measured on different series, since TEST differs between archives, and therefore "
                  + "not compared: %s.")
              .formatted(Numbers.listing(several)));
    }
  }

  private void addUnranked(List<String> sentences) {
    Comparison everywhere = report.everywhere();
    List<String> unranked =
        IntStream.range(0, everywhere.methods().size())
            .filter(
                m -> !report.ranking().comparison().methods().contains(everywhere.methods().get(m)))
            .mapToObj(
                m ->
                    "%s (%s)"
                        .formatted(
                            everywhere.methods().get(m),
                            Numbers.count(everywhere.setsOf(m), "dataset")))
            .toList();
    if (!unranked.isEmpty()) {
      sentences.add(
          "Not ranked, since they have fewer than %s datasets: %s."
              .formatted(Ranking.FEWEST_SETS, Numbers.listing(unranked)));
    }
  }

  private void addSkipped(List<String> sentences) {
    Map<String, List<String>> byReason =
        report.results().skipped().stream()
            .collect(
                Collectors.groupingBy(
                    SkippedResult::reason,
                    LinkedHashMap::new,
                    Collectors.mapping(SkippedResult::name, Collectors.toList())));
    byReason.forEach(
        (reason, names) ->
            sentences.add("Skipped (%s): %s.".formatted(reason, Numbers.listing(names))));
  }

  private void addTests(List<String> sentences) {
    Ranking ranking = report.ranking();
    if (!ranking.isTested()) {
      sentences.add(
          "No tests were made: they need two methods with results on %s datasets in common."
              .formatted(Ranking.FEWEST_SETS));
      return;
    }
    if (ranking.order().size() > 2) {
      Friedman friedman = ranking.friedman();
      sentences.add(
          "Friedman's test: chi-squared %s with %s degrees of freedom, p = %s."
              .formatted(
                  Numbers.decimal(3, friedman.statistic()),
                  friedman.degreesOfFreedom(),
                  Numbers.pValue(friedman.pValue())));
      if (friedman.pValue() >= Result.SIGNIFICANCE) {
        sentences.add(
            "The test does not reject that all methods are equal: differences between pairs may "
                + "be due to chance.");
      }
    }
    sentences.add(
        ranking.postHoc() == PostHoc.NEMENYI
            ? "Nemenyi's test at 5 %%: the critical difference of mean ranks is %s."
                .formatted(Numbers.decimal(4, ranking.criticalDifference()))
            : "Wilcoxon's signed-rank test of each pair at 5 %, adjusted by Holm.");
  }
}
