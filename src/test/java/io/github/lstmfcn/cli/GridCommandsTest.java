package io.github.lstmfcn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code search} and {@code train-all}, with real processes on tiny sets. */
class GridCommandsTest {
  @TempDir Path folder;

  @BeforeEach
  void writeSets() throws IOException {
    write("Good", "a", "a", "a", "a", "b", "b", "b", "b");
    write("Lonely", "a", "a", "a", "b"); // of b, nothing can be held out
  }

  private void write(String set, String... labels) throws IOException {
    Path target = Files.createDirectories(folder.resolve("data").resolve(set));
    for (String half : List.of("TRAIN", "TEST")) {
      Random random = new Random(half.hashCode());
      List<String> lines = new ArrayList<>();
      for (String label : labels) {
        StringJoiner line = new StringJoiner("\t").add(label);
        for (int step = 0; step < 12; step++) {
          line.add("" + (random.nextFloat() + (label.equals("a") ? step : -step)));
        }
        lines.add(line.toString());
      }
      Files.write(target.resolve(set + "_" + half + ".tsv"), lines);
    }
  }

  private List<String> command(String name, String out, String... more) {
    List<String> command =
        new ArrayList<>(
            List.of(
                name,
                "--data",
                folder.resolve("data").toString(),
                "--out",
                folder.resolve(out).toString(),
                "--quiet",
                "--jobs",
                "2"));
    command.addAll(List.of(more));
    return command;
  }

  private List<NamedCsvRecord> table(String file) throws IOException {
    try (CsvReader<NamedCsvRecord> csv =
        CsvReader.builder().ofNamedCsvRecord(folder.resolve(file))) {
      return csv.stream().toList();
    }
  }

  private static List<String> column(List<NamedCsvRecord> rows, String name) {
    return rows.stream().map(row -> row.getField(name)).toList();
  }

  @Test
  void aSearchChoosesForEachSetAndAFailureEndsNoOther() throws IOException {
    List<String> search =
        command("search", "s", "--models", "lstm-fcn", "--cells", "4,2", "--epochs", "2");

    Run run = Run.of(search);

    assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .contains(
            "4 runs: 2 finished, 2 failed",
            "TEST had no influence and is shown for the selected",
            "The selected networks were trained without the held-out series; --folds")
        .contains("Lonely/lstm-fcn-2-seed0: class b: expected at least two series");
    List<NamedCsvRecord> runs = table("s/runs.csv");
    assertThat(column(runs, "status")).containsExactly("finished", "finished", "failed", "failed");
    assertThat(column(runs, "epochs")).containsExactly("2", "2", "0", "0");
    List<NamedCsvRecord> choices = table("s/choice.csv");
    assertThat(column(choices, "set")).containsExactly("Good");
    String chosen = choices.get(0).getField("folder");
    assertThat(runs)
        .allSatisfy(
            row ->
                assertThat(row.getField("test_total"))
                    .as(row.getField("folder"))
                    .isEqualTo(row.getField("folder").equals(chosen) ? "8" : ""));
    String page = Files.readString(folder.resolve("s/runs.html"));
    assertThat(page)
        .contains("4 runs: 2 finished, 2 failed", "Selected networks", "All runs")
        .contains("expected at least two series", "TEST had no influence")
        .contains("href=\"" + chosen + "/training.html\"")
        .doesNotContainPattern("(src|href)=[\"']?https?:");
    assertThat(
            Pattern.compile(">[0-8]/8<").matcher(page).results()) // TEST of the selected runs only
        .hasSize(2);
    JsonNode reported = report("s");
    assertThat(reported.findValuesAsText("method")).containsExactly("selected by search");
    assertThat(reported.findValuesAsText("run"))
        .containsExactly(Path.of(chosen).getFileName() + "");
    assertThat(reported.findValuesAsText("total")).containsExactly("8");
    assertThat(reported.findValuesAsText("classes")).containsExactly("2");
    assertThat(reported.findValuesAsText("chosen_on")).containsExactly("TRAIN");
    JsonNode recipe =
        new ObjectMapper()
            .readTree(folder.resolve("s/Good/lstm-fcn-4-seed0/run.json").toFile())
            .path("recipe");
    assertThat(recipe.at("/validation/validatedOn").asText()).isEqualTo("HOLD_OUT");
    assertThat(recipe.at("/layers/preciseBatchNorm").asBoolean()).isTrue();

    // The same command continues: an interrupted run is finished.
    Path interrupted = folder.resolve("s/Good/lstm-fcn-4-seed0");
    Path whole = folder.resolve("s/Good/lstm-fcn-2-seed0");
    byte[] metrics = Files.readAllBytes(interrupted.resolve("metrics.json"));
    Files.delete(interrupted.resolve("metrics.json"));
    var before = Files.getLastModifiedTime(whole.resolve("checkpoint"));
    List<String> again = new ArrayList<>(search);
    again.addAll(List.of("--set", "good", "--json"));

    Run second = Run.of(again);

    assertThat(second.exitCode()).as(second.err()).isZero();
    assertThat(interrupted.resolve("metrics.json")).hasBinaryContent(metrics);
    assertThat(Files.getLastModifiedTime(whole.resolve("checkpoint"))).isEqualTo(before);
    JsonNode json = new ObjectMapper().readTree(second.out());
    assertThat(json.at("/choices/0/folder").asText()).isEqualTo(chosen);
    assertThat(json.at("/runs")).hasSize(2);
    assertThat(json.at("/runs/0/seconds").asDouble())
        .as("both processes' of the interrupted run")
        .isGreaterThan(Double.parseDouble(runs.get(0).getField("seconds")));
    assertThat(json.at("/runs/1/seconds").asDouble())
        .as("the first command's of the run that was whole")
        .isEqualTo(Double.parseDouble(runs.get(1).getField("seconds")))
        .isPositive();
  }

  @Test
  void aClassOfOneSeriesIsTrainedOn() throws IOException {
    Run run = Run.of(command("train-all", "l", "--set", "Lonely", "--cells", "2", "--epochs", "9"));

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(column(table("l/runs.csv"), "status")).containsExactly("finished");
    assertThat(folder.resolve("l/Lonely/lstm-fcn-2-seed0/metrics.json"))
        .content()
        .contains("\"total\" : 4");
  }

  @Test
  void aRunWhoseStatisticsHaveNotSettledIsWarnedOf() {
    List<String> unsettled = command("train-all", "w", "--set", "SyntheticControl");
    unsettled.set(unsettled.indexOf("--data") + 1, "testdata");
    unsettled.addAll(List.of("--cells", "8", "--epochs", "12", "--no-precise-batch-norm"));

    Run run = Run.of(unsettled);

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("Warning: SyntheticControl/lstm-fcn-8-seed0: Epoch");
  }

  @Test
  void withFoldsTheChosenIsTrainedAnew() throws IOException {
    Run run =
        Run.of(
            command(
                "search",
                "f",
                "--set",
                "Good",
                "--models",
                "lstm-fcn",
                "--cells",
                "2",
                "--folds",
                "2",
                "--recipe",
                "2019",
                "--epochs",
                "2"));

    assertThat(run.exitCode()).as(run.err()).isZero();
    List<NamedCsvRecord> runs = table("f/runs.csv");
    assertThat(column(runs, "fold")).containsExactly("fold 1 of 2", "fold 2 of 2", "");
    assertThat(column(runs, "test_total")).containsExactly("", "", "8");
    double mean =
        (Double.parseDouble(runs.get(0).getField("validation_accuracy"))
                + Double.parseDouble(runs.get(1).getField("validation_accuracy")))
            / 2;
    assertThat(table("f/choice.csv").get(0).getField("mean_accuracy")).isEqualTo("" + mean);
  }

  @Test
  void trainAllTrainsOneNetworkAndAnotherCommandIsRefusedInItsFolder() throws IOException {
    List<String> train =
        command("train-all", "t", "--sets", "Good", "--model", "alstm-fcn", "--cells", "2");
    List<String> first = new ArrayList<>(train);
    first.addAll(List.of("--epochs", "2", "--recipe", "2017", "--seeds", "2", "--seed", "5"));

    Run run = Run.of(first);

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("2 runs: 2 finished", "selected by their accuracy on TEST");
    List<NamedCsvRecord> runs = table("t/runs.csv");
    assertThat(column(runs, "folder"))
        .containsExactly("Good/alstm-fcn-2-seed5", "Good/alstm-fcn-2-seed6");
    assertThat(column(runs, "test_total")).containsExactly("8", "8");
    assertThat(folder.resolve("t/choice.csv")).doesNotExist();
    assertThat(report("t").findValuesAsText("method")).containsExactly("ALSTM-FCN", "ALSTM-FCN");
    assertThat(report("t").findValuesAsText("chosen_on")).containsExactly("TEST", "TEST");

    List<String> other = new ArrayList<>(train);
    other.addAll(List.of("--epochs", "3", "--recipe", "2017", "--seed", "5"));
    Run refused = Run.of(other);
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).contains("one with epochs 2 instead of 3; name another folder");

    // The folders of trainings are models, alone and together.
    Path seed5 = folder.resolve("t/Good/alstm-fcn-2-seed5");
    Path seed6 = folder.resolve("t/Good/alstm-fcn-2-seed6");
    String data = folder.resolve("data/Good/Good_TEST.tsv").toString();
    Path alone = folder.resolve("alone.csv");
    Path another = folder.resolve("other.csv");
    Path both = folder.resolve("both.csv");
    evaluate(alone, data, seed5);
    evaluate(another, data, seed6.resolve("weights-best.h5"));
    evaluate(both, data, seed5, seed6);
    assertThat(column(table("alone.csv"), "correct").stream().filter("true"::equals))
        .hasSize(Integer.parseInt(runs.get(0).getField("test_correct")));
    for (int series = 0; series < 8; series++) {
      assertThat(probability("both.csv", series))
          .isCloseTo(
              (probability("alone.csv", series) + probability("other.csv", series)) / 2,
              within(1e-6));
    }

    Files.delete(seed6.resolve("metrics.json"));
    Run damaged = Run.of("report", folder.resolve("t").toString());
    assertThat(damaged.exitCode()).isEqualTo(1);
    assertThat(damaged.err()).contains("runs.csv: line 3: expected a finished run in", "seed6");
  }

  /** While nothing is chosen, the table has no score on TEST of a search's runs. */
  @Test
  void aReportDoesNotLookAtTestBeforeTheChoice() throws IOException {
    Path table = Files.createDirectories(folder.resolve("open")).resolve("runs.csv");
    Files.writeString(table, "folder,test_total,seconds\nGood/lstm-fcn-8-seed0,,1\n");

    Run run = Run.of("report", folder.resolve("open").toString());

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .contains("expected a result on TEST, found none, but run not selected or not finished");
  }

  private JsonNode report(String grid) throws IOException {
    Path json = folder.resolve("report.json");
    Run run =
        Run.of("report", folder.resolve(grid).toString(), "--out", json.toString(), "--force");
    assertThat(run.exitCode()).as(run.err()).isZero();
    return new ObjectMapper().readTree(json.toFile()).path("results");
  }

  private double probability(String file, int series) throws IOException {
    return Double.parseDouble(table(file).get(series).getField("probability_a"));
  }

  private static void evaluate(Path predictions, String data, Path... models) {
    List<String> command = new ArrayList<>(List.of("evaluate", "--weights"));
    for (Path model : models) {
      command.add(model.toString());
    }
    command.addAll(List.of("--data", data, "--predictions", predictions.toString()));
    Run run = Run.of(command);
    assertThat(run.exitCode()).as(run.err()).isZero();
  }

  /** Starts three runs without an end, and returns when {@code jobs} of them are under way. */
  private Process start(int jobs) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(command("train-all", "t", "--set", "Good", "--cells", "2", "--seeds", "3"));
    command.addAll(List.of("--epochs", "1000000"));
    command.set(command.indexOf("--jobs") + 1, "" + jobs);
    Path output = folder.resolve("output.txt");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    for (int seed = 0; seed < jobs; seed++) {
      Path history = folder.resolve("t/Good/lstm-fcn-2-seed" + seed + "/history.csv");
      while (process.isAlive()
          && (!Files.exists(history) || Files.readAllLines(history).size() < 3)) {
        Thread.sleep(20);
      }
    }
    return process;
  }

  @Test
  @Tag("long")
  void theRunsEndAfterTheirEpochWhenTheirCommandIsKilled() throws Exception {
    Process process = start(1);
    List<ProcessHandle> children = process.descendants().toList();

    process.destroyForcibly().waitFor();

    assertThat(children).hasSize(1);
    children.get(0).onExit().get(60, TimeUnit.SECONDS);
    Path run = folder.resolve("t/Good/lstm-fcn-2-seed0");
    assertThat(run.resolve("weights-best.h5")).exists();
    assertThat(run.resolve("metrics.json")).content().contains("\"finished\" : false");
  }

  @Test
  @Tag("long")
  void aPoliteSignalEndsTheRunsUnderWayAndSavesThem() throws Exception {
    Process process = start(2);
    Path output = folder.resolve("output.txt");
    List<ProcessHandle> children = process.descendants().toList();

    process.destroy(); // SIGTERM, as Ctrl-C
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();

    assertThat(children).hasSize(2).noneMatch(ProcessHandle::isAlive);
    assertThat(Files.readString(output))
        .contains("1 waiting, 2 interrupted", "the same command continues them");
    assertThat(folder.resolve("t/Good/lstm-fcn-2-seed1/weights-best.h5")).exists();
    assertThat(column(table("t/runs.csv"), "status"))
        .containsExactly("interrupted", "interrupted", "waiting");
    assertThat(Integer.parseInt(table("t/runs.csv").get(0).getField("epochs"))).isPositive();
  }
}
