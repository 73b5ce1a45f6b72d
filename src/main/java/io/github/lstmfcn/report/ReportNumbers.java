package io.github.lstmfcn.report;

import io.github.lstmfcn.report.result.Result;
import io.github.lstmfcn.report.statistics.Comparison;
import io.github.lstmfcn.report.statistics.MethodPair;
import io.github.lstmfcn.report.statistics.Ranking;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The numbers of a report by name, for JSON and CSV; null for unknown values.
 *
 * @param report the report
 */
record ReportNumbers(Report report) {

  /** All numbers. */
  Map<String, Object> map() {
    Ranking ranking = report.ranking();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("findings", new Findings(report).sentences());
    map.put("results", results());
    map.put("skipped", report.results().skipped());
    map.put("methods", methods());
    map.put("reported", reported());
    map.put("sets", report.everywhere().sets());
    map.put("accuracies", accuracies(report.everywhere()));
    map.put("ranked_methods", ranking.comparison().methods());
    map.put("ranked_sets", ranking.comparison().sets());
    if (ranking.isTested()) {
      map.put("friedman", ranking.friedman());
      map.put("post_hoc", ranking.postHoc().toString());
      map.put("nemenyi_critical_difference", ranking.criticalDifference());
      map.put("pairs", ranking.pairs().stream().map(this::map).toList());
      map.put("groups", ranking.groups().stream().map(this::names).toList());
    }
    return map;
  }

  private List<String> names(Ranking.Group group) {
    Ranking ranking = report.ranking();
    return ranking.order().subList(group.first(), group.last() + 1).stream()
        .map(ranking.comparison().methods()::get)
        .toList();
  }

  /** The accuracies {@code [datasets][methods]}. */
  static List<List<Double>> accuracies(Comparison comparison) {
    return Arrays.stream(comparison.accuracies())
        .map(row -> DoubleStream.of(row).mapToObj(ReportNumbers::known).toList())
        .toList();
  }

  private static Double known(double value) {
    return Double.isNaN(value) ? null : value;
  }

  /** The results, each as a map from column names to values. */
  List<Map<String, Object>> results() {
    return report.results().list().stream().map(ReportNumbers::map).toList();
  }

  private static Map<String, Object> map(Result result) {
    boolean reported = result.reported() != null;
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("set", result.set());
    map.put("method", result.method());
    map.put("run", result.run());
    map.put("cells", result.cells());
    map.put("classes", result.classes());
    map.put("correct", result.correct());
    map.put("total", result.total());
    map.put("accuracy", result.accuracy());
    map.put("lower", result.lower());
    map.put("upper", result.upper());
    map.put("chosen_on", result.chosenOn());
    map.put("reported_in", reported ? result.reported().source() : null);
    map.put("reported", reported ? result.reported().accuracy() : null);
    map.put(
        "reported_correct", reported ? result.correct() - result.difference().orElseThrow() : null);
    map.put("difference", result.difference().orElse(null));
    map.put("chance", result.chance().orElse(null));
    map.put("within_chance", reported ? result.withinChance() : null);
    map.put("place", result.place() == null ? null : result.place().toString());
    return map;
  }

  private List<Map<String, Object>> methods() {
    Comparison everywhere = report.everywhere();
    Comparison ranked = report.ranking().comparison();
    return IntStream.range(0, everywhere.methods().size())
        .mapToObj(
            method -> {
              Map<String, Object> map = new LinkedHashMap<>();
              map.put("method", everywhere.methods().get(method));
              map.put("sets", everywhere.setsOf(method));
              map.put("mean_accuracy", known(everywhere.meanAccuracy(method)));
              map.put("mean_per_class_error", known(everywhere.meanPerClassError(method)));
              int place = ranked.methods().indexOf(everywhere.methods().get(method));
              if (place >= 0) {
                map.put("mean_rank", known(report.ranking().meanRanks()[place]));
                map.put("wins", ranked.wins(place));
                map.put("shared_wins", ranked.sharedWins(place));
              }
              return map;
            })
        .toList();
  }

  /** The methods of which any model has a reported accuracy, beside these. */
  private List<Map<String, Object>> reported() {
    List<Map<String, Object>> reported = new ArrayList<>();
    report
        .reportedDifferences()
        .forEach(
            (method, difference) -> {
              Map<String, Object> map = new LinkedHashMap<>();
              map.put("method", method);
              map.put("models", difference.models());
              map.put("sets", difference.sets());
              map.put("more", difference.more());
              map.put("equal", difference.equal());
              map.put("fewer", difference.fewer());
              map.put("within_chance", difference.within());
              map.put("mean_difference", difference.mean());
              map.put("lower", known(difference.lower()));
              map.put("upper", known(difference.upper()));
              map.put("wilcoxon", known(difference.wilcoxon()));
              map.put("mean_per_class_error", known(difference.error()));
              map.put("reported_mean_per_class_error", known(difference.reportedError()));
              reported.add(map);
            });
    return reported;
  }

  private Map<String, Object> map(MethodPair pair) {
    List<String> methods = report.ranking().comparison().methods();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("first", methods.get(pair.first()));
    map.put("second", methods.get(pair.second()));
    map.put("wins", pair.wins());
    map.put("ties", pair.ties());
    map.put("losses", pair.losses());
    map.put("mean_difference", pair.meanDifference());
    map.put("wilcoxon", pair.wilcoxon());
    map.put("adjusted", pair.adjusted());
    map.put("differ", pair.differ());
    return map;
  }
}
