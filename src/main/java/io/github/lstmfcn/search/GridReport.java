package io.github.lstmfcn.search;

import com.github.freva.asciitable.ColumnData;
import de.siegmar.fastcsv.writer.CsvWriter;
import io.github.lstmfcn.search.Search.Choice;
import io.github.lstmfcn.table.TextTable;
import io.github.lstmfcn.training.run.RunMetrics;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Function;

/**
 * The runs of a grid and the selected ones, as text, as CSV and as a map for JSON.
 *
 * @param runs the runs; those whose score on TEST is not to be shown are without it
 * @param choices the selected networks, one per dataset; empty if nothing is selected
 */
public record GridReport(List<GridRun> runs, List<Choice> choices) {
  /** The columns of {@link #runsCsv}. */
  public static final List<String> RUN_COLUMNS =
      List.of(
          "set",
          "model",
          "cells",
          "seed",
          "fold",
          "status",
          "epochs",
          "best_epoch",
          "validation_accuracy",
          "validation_loss",
          "test_correct",
          "test_total",
          "seconds",
          "folder",
          "reason",
          "train_file",
          "test_file");

  private static final List<String> CHOICE_COLUMNS =
      List.of(
          "set",
          "model",
          "cells",
          "seed",
          "mean_accuracy",
          "mean_loss",
          "test_correct",
          "test_total",
          "folder");

  /** Copies the lists. */
  public GridReport {
    runs = List.copyOf(runs);
    choices = List.copyOf(choices);
  }

  /** Whether every run is finished. */
  public boolean isGood() {
    return runs.stream().allMatch(run -> run.status() == GridRun.Status.FINISHED);
  }

  /** The warnings of finished runs, one line each. */
  public List<String> warnings() {
    return runs.stream()
        .filter(run -> run.metrics() != null)
        .flatMap(run -> run.metrics().warnings().stream().map(text -> run.point() + ": " + text))
        .toList();
  }

  /** The report as text, for people. */
  public String text() {
    StringJoiner text = new StringJoiner("\n");
    text.add(runTable());
    if (!choices.isEmpty()) {
      text.add("").add(choiceTable());
    }
    List<GridRun> failed = runs.stream().filter(run -> !run.reason().isEmpty()).toList();
    if (!failed.isEmpty()) {
      text.add("").add("Failed:");
      failed.forEach(run -> text.add("  " + run.point() + ": " + run.reason()));
    }
    return text.add("").add(summary()).toString();
  }

  private String runTable() {
    List<ColumnData<GridRun>> columns = new ArrayList<>();
    columns.add(TextTable.left("dataset").with(run -> run.point().set()));
    columns.add(TextTable.left("network").with(run -> run.point().network()));
    columns.add(TextTable.right("seed").with(run -> Long.toString(run.point().seed())));
    if (runs.stream().anyMatch(run -> run.point().fold() != null)) {
      columns.add(TextTable.left("fold").with(run -> fold(run).replace("fold ", "")));
    }
    columns.add(TextTable.right("epochs").with(run -> Integer.toString(run.epochs())));
    columns.add(TextTable.right("selected").with(GridReport::bestEpoch));
    columns.add(TextTable.right("held out").with(run -> part(run, RunMetrics::validation)));
    columns.add(TextTable.right("TEST").with(run -> part(run, RunMetrics::test)));
    columns.add(TextTable.right("seconds").with(run -> decimal(1, run.seconds())));
    columns.add(TextTable.left("status").with(GridReport::status));
    return TextTable.of(runs, columns);
  }

  private String choiceTable() {
    return TextTable.of(
        choices,
        List.of(
            TextTable.left("dataset").with(choice -> choice.point().set()),
            TextTable.left("selected").with(choice -> choice.point().network()),
            TextTable.right("seed").with(choice -> Long.toString(choice.point().seed())),
            TextTable.right("accuracy").with(choice -> decimal(4, choice.accuracy())),
            TextTable.right("loss").with(choice -> decimal(4, choice.loss())),
            TextTable.right("TEST").with(this::testOf),
            TextTable.left("folder").with(choice -> choice.point().toString())));
  }

  private String testOf(Choice choice) {
    return run(choice) == null ? "" : part(run(choice), RunMetrics::test);
  }

  private GridRun run(Choice choice) {
    return runs.stream().filter(run -> run.point().equals(choice.point())).findAny().orElse(null);
  }

  private static String fold(GridRun run) {
    return run.point().fold() == null ? "" : run.point().fold().toString();
  }

  private static String bestEpoch(GridRun run) {
    return run.metrics() == null ? "" : Integer.toString(run.metrics().bestEpoch());
  }

  private static String part(GridRun run, Function<RunMetrics, RunMetrics.Part> which) {
    RunMetrics.Part part = run.metrics() == null ? null : which.apply(run.metrics());
    return part == null ? "" : part.correct() + "/" + part.total();
  }

  private static String status(GridRun run) {
    return run.status().name().toLowerCase(Locale.ROOT);
  }

  private static String decimal(int digits, double value) {
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }

  /** The number of runs by status: {@code 12 runs: 11 finished, 1 failed}. */
  public String summary() {
    Map<GridRun.Status, Integer> counts = new EnumMap<>(GridRun.Status.class);
    runs.forEach(run -> counts.merge(run.status(), 1, Integer::sum));
    StringJoiner text = new StringJoiner(", ", runs.size() + " runs: ", "");
    counts.forEach(
        (status, count) -> text.add(count + " " + status.name().toLowerCase(Locale.ROOT)));
    return text.toString();
  }

  /** The runs as CSV, one line per run. */
  public String runsCsv() {
    return csv(RUN_COLUMNS, runs.stream().map(GridReport::map).toList());
  }

  /** The selected networks as CSV, one line per dataset. */
  public String choiceCsv() {
    return csv(CHOICE_COLUMNS, choices.stream().map(this::map).toList());
  }

  private static String csv(List<String> columns, List<Map<String, Object>> rows) {
    StringWriter text = new StringWriter();
    try (CsvWriter csv = CsvWriter.builder().build(text)) {
      csv.writeRecord(columns);
      for (Map<String, Object> row : rows) {
        csv.writeRecord(
            columns.stream().map(name -> row.containsKey(name) ? "" + row.get(name) : "").toList());
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text.toString();
  }

  /** The report as a map, for JSON. */
  public Map<String, Object> map() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("summary", summary());
    map.put("good", isGood());
    map.put("runs", runs.stream().map(GridReport::map).toList());
    map.put("choices", choices.stream().map(this::map).toList());
    return map;
  }

  private static Map<String, Object> map(GridRun run) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("set", run.point().set());
    map.put("model", run.point().kind().toString());
    map.put("cells", run.point().cells());
    map.put("seed", run.point().seed());
    if (run.point().fold() != null) {
      map.put("fold", run.point().fold().toString());
    }
    map.put("status", status(run));
    map.put("epochs", run.epochs());
    if (run.metrics() != null) {
      map.put("best_epoch", run.metrics().bestEpoch());
      if (run.metrics().validation() != null) {
        map.put("validation_accuracy", run.metrics().validation().accuracy());
        map.put("validation_loss", run.metrics().validation().loss());
      }
      putTest(map, run);
    }
    map.put("seconds", run.seconds());
    map.put("folder", run.point().toString());
    if (!run.reason().isEmpty()) {
      map.put("reason", run.reason());
    }
    map.put("train_file", run.description().trainFile());
    map.put("test_file", run.description().testFile());
    return map;
  }

  private Map<String, Object> map(Choice choice) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("set", choice.point().set());
    map.put("model", choice.point().kind().toString());
    map.put("cells", choice.point().cells());
    map.put("seed", choice.point().seed());
    map.put("mean_accuracy", choice.accuracy());
    map.put("mean_loss", choice.loss());
    if (run(choice) != null) {
      putTest(map, run(choice));
    }
    map.put("folder", choice.point().toString());
    return map;
  }

  private static void putTest(Map<String, Object> map, GridRun run) {
    if (run.metrics() != null && run.metrics().test() != null) {
      map.put("test_correct", run.metrics().test().correct());
      map.put("test_total", run.metrics().test().total());
    }
  }
}
