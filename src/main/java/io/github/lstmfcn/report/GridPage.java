package io.github.lstmfcn.report;

import io.github.lstmfcn.chart.Page;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.files.AtomicFile;
import io.github.lstmfcn.report.ReportTable.Cell;
import io.github.lstmfcn.report.ReportTable.Link;
import io.github.lstmfcn.report.statistics.Numbers;
import io.github.lstmfcn.search.GridReport;
import io.github.lstmfcn.search.GridRun;
import io.github.lstmfcn.search.Search.Choice;
import io.github.lstmfcn.training.run.RunMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The runs of a grid and the selected networks as a page: {@code runs.html}, beside {@code
 * runs.csv}.
 *
 * @param title the title of the page
 * @param notes notes for the reader, one sentence each
 * @param report the report of the runs
 */
public record GridPage(String title, List<String> notes, GridReport report) {
  private static final String FILE = "runs.html";

  /**
   * Replaces the page.
   *
   * @param folder the folder of the grid, which must exist
   * @throws InvalidInputException if the page cannot be written
   */
  public void write(Path folder) {
    AtomicFile.write(folder.resolve(FILE), file -> write(file, folder));
  }

  private void write(Path file, Path folder) throws IOException {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("title", title);
    values.put("summary", report.summary());
    values.put("notes", notes);
    values.put("warnings", report.warnings());
    List<ReportTable> tables =
        report.choices().isEmpty() ? List.of(runs(folder)) : List.of(choices(folder), runs(folder));
    values.putAll(new PageTables(tables).values());
    // The page has no items: its tables contain everything.
    Page.start(Files.newBufferedWriter(file), GridPage.class, "grid", values).close();
  }

  private ReportTable choices(Path folder) {
    ReportTable table =
        ReportTable.of(
            "choices",
            "Selected networks",
            "One per dataset: the network with the highest mean accuracy over its seeds and "
                + "folds, then with the lower mean loss, then with fewer cells.",
            List.of("dataset", "network", "seed", "mean accuracy", "mean loss", "TEST", "pages"));
    for (Choice choice : report.choices()) {
      GridRun run =
          report.runs().stream()
              .filter(each -> each.point().equals(choice.point()))
              .findAny()
              .orElse(null);
      table.add(
          Cell.text(choice.point().set()),
          Cell.text(choice.point().network()),
          Cell.number(Long.toString(choice.point().seed()), (double) choice.point().seed()),
          accuracy(choice.accuracy()),
          accuracy(choice.loss()),
          run == null || run.metrics() == null ? Cell.empty() : count(run.metrics().test()),
          Cell.links(run == null ? List.of() : links(folder, run)));
    }
    return table.withoutEmptyColumns();
  }

  private ReportTable runs(Path folder) {
    ReportTable table =
        ReportTable.of(
            "runs",
            "All runs",
            "One row per run. Counts are those of the selected epoch, on the series held out of "
                + "TRAIN and, for selected networks, on TEST.",
            List.of(
                "dataset",
                "network",
                "seed",
                "fold",
                "status",
                "epochs",
                "selected",
                "held out",
                "accuracy",
                "loss",
                "TEST",
                "seconds",
                "reason",
                "trained on",
                "scored on",
                "pages"));
    report.runs().forEach(run -> table.add(cells(folder, run)));
    return table.withoutEmptyColumns();
  }

  private static Cell[] cells(Path folder, GridRun run) {
    RunMetrics metrics = run.metrics();
    RunMetrics.Part heldOut = metrics == null ? null : metrics.validation();
    boolean otherwiseNamed = run.description().isOtherwiseNamed();
    return new Cell[] {
      Cell.text(run.point().set()),
      Cell.text(run.point().network()),
      Cell.number(Long.toString(run.point().seed()), (double) run.point().seed()),
      Cell.text(run.point().fold() == null ? "" : run.point().fold().toString()),
      Cell.text(run.status().name().toLowerCase(Locale.ROOT)),
      Cell.count(run.epochs()),
      metrics == null ? Cell.empty() : Cell.count(metrics.bestEpoch()),
      count(heldOut),
      heldOut == null ? Cell.empty() : accuracy(heldOut.accuracy()),
      heldOut == null ? Cell.empty() : accuracy(heldOut.loss()),
      metrics == null ? Cell.empty() : count(metrics.test()),
      Cell.number(Numbers.decimal(1, run.seconds()), run.seconds()),
      Cell.text(run.reason()),
      Cell.text(otherwiseNamed ? run.description().trainFile() : ""),
      Cell.text(otherwiseNamed ? run.description().testFile() : ""),
      Cell.links(links(folder, run))
    };
  }

  private static Cell count(RunMetrics.Part part) {
    return part == null
        ? Cell.empty()
        : Cell.number(part.correct() + "/" + part.total(), part.accuracy());
  }

  private static Cell accuracy(double value) {
    return Cell.number(Numbers.decimal(4, value), value);
  }

  private static List<Link> links(Path folder, GridRun run) {
    Path page = run.folder().resolve("training.html");
    return Files.exists(page) ? List.of(Link.to(folder, page, "training")) : List.of();
  }
}
