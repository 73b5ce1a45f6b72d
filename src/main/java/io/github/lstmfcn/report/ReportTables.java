package io.github.lstmfcn.report;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.report.ReportTable.Cell;
import io.github.lstmfcn.report.ReportTable.Link;
import io.github.lstmfcn.report.result.Result;
import io.github.lstmfcn.report.statistics.Comparison;
import io.github.lstmfcn.report.statistics.MethodPair;
import io.github.lstmfcn.report.statistics.Numbers;
import io.github.lstmfcn.report.statistics.PostHoc;
import io.github.lstmfcn.report.statistics.ReportedDifference;
import io.github.lstmfcn.text.FailureReason;
import io.github.lstmfcn.verification.ReportedFigure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The tables of a report.
 *
 * @param report the report
 * @param folder the folder to which addresses are relative
 */
record ReportTables(Report report, Path folder) {
  /**
   * The largest number of links in a cell; a folder of many pictures has a page that shows them.
   */
  private static final int MOST_LINKS = 8;

  /** All tables that are not empty, from summaries to details. */
  List<ReportTable> all() {
    List<ReportTable> tables = new ArrayList<>(List.of(methods()));
    if (report.hasReported()) {
      tables.add(reported());
    }
    if (report.isTested()) {
      tables.add(pairs());
    }
    if (report.everywhere().methods().size() > 1) {
      tables.add(accuracies());
    }
    tables.add(results());
    return tables;
  }

  /** One row per method, the best first. */
  ReportTable methods() {
    ReportTable table =
        ReportTable.of(
            "methods",
            "Methods",
            "Rank 1 is the most accurate. Ranks and bests are over the datasets that all ranked "
                + "methods have; accuracy and MPCE, the mean of the error rate divided by the number "
                + "of classes, over the datasets of the method.",
            List.of(
                "method",
                "datasets",
                "mean rank",
                "best alone",
                "best with others",
                "accuracy",
                "MPCE"));
    List<String> ranked = report.ranking().comparison().methods();
    List<String> names =
        Stream.concat(
                report.ranking().order().stream().map(ranked::get),
                report.everywhere().methods().stream().filter(name -> !ranked.contains(name)))
            .toList();
    names.forEach(name -> table.add(method(name)));
    return table;
  }

  private Cell[] method(String name) {
    Comparison everywhere = report.everywhere();
    Comparison ranked = report.ranking().comparison();
    int method = everywhere.methods().indexOf(name);
    int place = ranked.sets().isEmpty() ? -1 : ranked.methods().indexOf(name);
    double accuracy = everywhere.meanAccuracy(method);
    double error = everywhere.meanPerClassError(method);
    double rank = place < 0 ? Double.NaN : report.ranking().meanRanks()[place];
    return new Cell[] {
      Cell.text(name),
      Cell.count(everywhere.setsOf(method)),
      Cell.number(Numbers.decimal(4, rank), rank),
      place < 0 ? Cell.empty() : Cell.count(ranked.wins(place)),
      place < 0 ? Cell.empty() : Cell.count(ranked.sharedWins(place)),
      Cell.number(Numbers.decimal(4, accuracy), accuracy),
      Cell.number(Numbers.decimal(4, error), error)
    };
  }

  /** One row per method: its models compared with the reported accuracies. */
  ReportTable reported() {
    ReportTable table =
        ReportTable.of(
            "reported",
            "Measured and reported",
            "Within chance: Fisher's exact test of the two counts, two-sided, gives p of 0.05 or "
                + "more. Mean difference, its interval at 95 % (Student's), Wilcoxon's signed-rank "
                + "test and MPCE are over datasets, on each of which models are averaged.",
            List.of(
                "method",
                "models",
                "more correct",
                "equal",
                "fewer correct",
                "within chance",
                "beyond",
                "mean difference",
                "interval",
                "Wilcoxon p",
                "MPCE",
                "reported MPCE"));
    report
        .reportedDifferences()
        .forEach((method, difference) -> table.add(reported(method, difference)));
    return table.withoutEmptyColumns();
  }

  private static Cell[] reported(String method, ReportedDifference difference) {
    return new Cell[] {
      Cell.text(method),
      Cell.count(difference.models()),
      Cell.count(difference.more()),
      Cell.count(difference.equal()),
      Cell.count(difference.fewer()),
      Cell.count(difference.within()),
      Cell.count(difference.models() - difference.within()),
      Cell.number(Numbers.signed(4, difference.mean()), difference.mean()),
      Double.isNaN(difference.lower())
          ? Cell.empty()
          : Cell.number(
              Numbers.signed(4, difference.lower())
                  + " to "
                  + Numbers.signed(4, difference.upper()),
              difference.lower()),
      Double.isNaN(difference.wilcoxon())
          ? Cell.empty()
          : Cell.number(Numbers.pValue(difference.wilcoxon()), difference.wilcoxon())
              .strong(difference.wilcoxon() < Result.SIGNIFICANCE),
      Cell.number(Numbers.decimal(4, difference.error()), difference.error()),
      Cell.number(Numbers.decimal(4, difference.reportedError()), difference.reportedError())
    };
  }

  /** One row per pair of methods. */
  private ReportTable pairs() {
    ReportTable table =
        ReportTable.of(
            "pairs",
            "Method against method",
            report.ranking().postHoc() == PostHoc.NEMENYI
                ? "Adjusted: the p-value of Nemenyi's test."
                : "Adjusted: Wilcoxon's p-value after Holm's procedure.",
            List.of(
                "first",
                "second",
                "wins",
                "ties",
                "losses",
                "mean difference",
                "Wilcoxon p",
                "adjusted p",
                "differ"));
    List<String> methods = report.ranking().comparison().methods();
    for (MethodPair pair : report.ranking().pairs()) {
      table.add(
          Cell.text(methods.get(pair.first())),
          Cell.text(methods.get(pair.second())),
          Cell.count(pair.wins()),
          Cell.count(pair.ties()),
          Cell.count(pair.losses()),
          Cell.number(Numbers.signed(4, pair.meanDifference()), pair.meanDifference()),
          Cell.number(Numbers.pValue(pair.wilcoxon()), pair.wilcoxon()),
          Cell.number(Numbers.pValue(pair.adjusted()), pair.adjusted()),
          Cell.text(pair.differ() ? "yes" : "no"));
    }
    return table;
  }

  /** One row per dataset, one column per method. */
  private ReportTable accuracies() {
    Comparison comparison = report.everywhere();
    List<String> headers = new ArrayList<>(List.of("dataset"));
    headers.addAll(comparison.methods());
    ReportTable table =
        ReportTable.of(
            "accuracies",
            "Accuracy by dataset and method",
            "The best of each dataset is in bold.",
            headers);
    for (int set = 0; set < comparison.sets().size(); set++) {
      double[] values = comparison.accuracies()[set];
      double best = Arrays.stream(values).filter(value -> !Double.isNaN(value)).max().orElseThrow();
      List<Cell> cells = new ArrayList<>(List.of(Cell.text(comparison.sets().get(set))));
      for (double value : values) {
        cells.add(Cell.number(Numbers.decimal(4, value), value).strong(value == best));
      }
      table.rows().add(cells);
    }
    return table;
  }

  /** One row per model. */
  private ReportTable results() {
    ReportTable table =
        ReportTable.of(
            "results",
            "Results by dataset",
            "Counts on TEST, with the Wilson interval at 95 %. Chance: the probability of a "
                + "difference at least as large (Fisher's exact test).",
            List.of(
                "dataset",
                "method",
                "model",
                "selected on",
                "reported",
                "measured",
                "accuracy",
                "interval",
                "difference",
                "chance",
                "pages"));
    for (Result result : report.results().list()) {
      table.add(
          Cell.text(result.set()),
          Cell.text(result.method()),
          Cell.text(result.run()),
          Cell.text(result.chosenOn()),
          reported(result),
          Cell.number(result.correct() + "/" + result.total(), result.accuracy()),
          Cell.number(Numbers.decimal(4, result.accuracy()), result.accuracy()),
          Cell.number(
              Numbers.decimal(4, result.lower()) + "–" + Numbers.decimal(4, result.upper()),
              result.lower()),
          result
              .difference()
              .map(difference -> Cell.number(Numbers.signed(difference), difference))
              .orElse(Cell.empty()),
          result
              .chance()
              .map(p -> Cell.number(Numbers.pValue(p), p).strong(!result.withinChance()))
              .orElse(Cell.empty()),
          Cell.links(links(result.place())));
    }
    return table.withoutEmptyColumns();
  }

  private static Cell reported(Result result) {
    return result.reported() == null
        ? Cell.empty()
        : Cell.number(
            "%s/%s, %s (%s)"
                .formatted(
                    counts(result.reported(), result.total()),
                    result.total(),
                    Numbers.decimal(
                        Math.min(4, result.reported().digits()), result.reported().accuracy()),
                    result.reported().source()),
            result.reported().accuracy());
  }

  /** The numbers of correct series that a figure stands for: {@code 335} or {@code 365–368}. */
  private static String counts(ReportedFigure figure, int total) {
    int fewest = figure.fewest(total);
    int most = figure.most(total);
    return fewest == most ? "" + most : fewest + "–" + most;
  }

  /** Links to the folder of a run and the pages and pictures in it, or to the file of a result. */
  private List<Link> links(Path place) {
    if (place == null) {
      return List.of();
    }
    List<Link> links = new ArrayList<>(List.of(link(place)));
    if (!Files.isDirectory(place)) {
      return links;
    }
    try (Stream<Path> files = Files.list(place)) {
      files
          .filter(file -> file.toString().matches(".*\\.(html|png)"))
          .sorted()
          .limit(MOST_LINKS)
          .map(this::link)
          .forEach(links::add);
      return links;
    } catch (IOException e) {
      throw new InvalidInputException(
          place, "", "a folder that can be read", FailureReason.of(e), "", e);
    }
  }

  private Link link(Path file) {
    String name = file.getFileName().toString();
    String title = Files.isDirectory(file) ? "folder" : name.replaceFirst("\\.html$", "");
    return Link.to(folder, file, title);
  }
}
