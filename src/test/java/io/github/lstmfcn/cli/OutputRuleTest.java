package io.github.lstmfcn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lstmfcn.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The one rule for what commands write: nothing that a user has is destroyed. */
class OutputRuleTest {
  private static final String MODEL = "keras-weights/2017-lstmfcn-8-CBF/weights.h5";

  @TempDir Path folder;

  /** A copy of everything that a run reads. */
  @BeforeEach
  void copyInputs() throws IOException {
    Files.copy(Path.of(MODEL), folder.resolve("w.h5"));
    Files.createDirectories(folder.resolve("data/CBF"));
    for (String name : List.of("CBF_TRAIN.tsv", "CBF_TEST.tsv")) {
      Files.copy(Path.of("testdata/CBF").resolve(name), folder.resolve("data/CBF").resolve(name));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"w.h5", "data/CBF/CBF_TEST.tsv", "data/CBF/CBF_TRAIN.tsv"})
  void evaluateNeverWritesOverWhatItReads(String name) throws IOException {
    for (String second : List.of(name, "link", "hard")) {
      Path output = folder.resolve(second);
      if (second.equals("link")) {
        Files.createSymbolicLink(output, folder.resolve(name));
      } else if (second.equals("hard")) {
        Files.createLink(output, folder.resolve(name));
      }

      assertRefused(
          "expected a file that the command does not read", evaluate("--predictions", second));
      assertRefused(
          "expected a file that the command does not read",
          with(evaluate("--predictions", second), "--force"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"run.json", "weights-best.h5", "history.csv"})
  void noFileOfARunFolderIsWrittenOver(String name) throws IOException {
    Path run = Files.createDirectory(folder.resolve("run"));
    Files.writeString(run.resolve("run.json"), "{}");
    Files.copy(folder.resolve("w.h5"), run.resolve("weights-best.h5"));
    Files.writeString(run.resolve("history.csv"), "epoch");

    assertRefused(
        "expected a file that the command does not read",
        List.of("convert", "--weights", "run", "--out", "run/" + name, "--force"));
  }

  @Test
  void convertNeverWritesOverItsWeights() throws IOException {
    assertRefused(
        "w.h5: --out: expected a file that the command does not read, found one of",
        List.of("convert", "--weights", "w.h5", "--out", "w.h5", "--force"));
  }

  @ParameterizedTest
  @CsvSource({"export", "cam", "filters", "features"})
  void noFolderWithAnInputIsReplaced(String command) throws IOException {
    Path out = Files.createDirectory(folder.resolve("out"));
    Files.move(folder.resolve("w.h5"), out.resolve("saved_model.pb"));
    List<String> arguments =
        new ArrayList<>(
            List.of(command, "--weights", "out/saved_model.pb", "--out", "out", "--force"));
    if (!command.equals("export")) {
      arguments.addAll(List.of("--data", "data", "--set", "CBF"));
    }

    assertRefused("expected a folder that the command does not read", arguments);
  }

  @Test
  void noInputIsReplacedThroughALinkInAFolder() throws IOException {
    Path out = Files.createDirectory(folder.resolve("out"));
    Files.writeString(out.resolve("notes.txt"), "mine");
    Files.createSymbolicLink(out.resolve("cam.csv"), folder.resolve("data/CBF/CBF_TEST.tsv"));

    assertRefused(
        "cam.csv: --out: expected a file that the command does not read",
        List.of(
            "cam",
            "--weights",
            "w.h5",
            "--data",
            "data",
            "--set",
            "CBF",
            "--out",
            "out",
            "--force"));
  }

  @Test
  void noInputIsReplacedThroughALinkNamedLikeATable() throws IOException {
    Path out = Files.createDirectory(folder.resolve("out"));
    Files.writeString(folder.resolve("reported.csv"), "weights,set,accuracy\nw.h5,CBF,0.84\n");
    Files.createSymbolicLink(out.resolve("verification.csv"), folder.resolve("reported.csv"));
    assertRefused(
        "verification.csv: --out: expected a file that the command does not read",
        List.of("verify", "--weights", ".", "--data", "data", "--out", "out", "--force"));

    Path grid = Files.createDirectory(folder.resolve("grid"));
    Files.createSymbolicLink(grid.resolve("choice.csv"), folder.resolve("data/CBF/CBF_TEST.tsv"));
    assertRefused(
        "choice.csv: expected a table of an earlier run",
        List.of("search", "--data", "data", "--set", "CBF", "--epochs", "1", "--out", "grid"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"r/evaluation.json", "r/testResample0.csv"})
  void noResultIsReplacedByItsReport(String name) throws IOException {
    Files.createDirectory(folder.resolve("r"));
    Files.writeString(folder.resolve(name), "a result");

    assertRefused(
        "expected a file that the command does not read",
        List.of("report", "r", "--out", name, "--force"));
  }

  @ParameterizedTest
  @CsvSource({
    "evaluate, --predictions, mine.csv",
    "evaluate, --aeon, LSTM-FCN/Predictions/CBF/testResample0.csv",
    "report, --out, mine.csv",
    "convert, --out, mine.h5"
  })
  void anExistingFileIsReplacedWithForceOnly(String command, String option, String name)
      throws IOException {
    Path mine = folder.resolve(name);
    Files.createDirectories(mine.getParent());
    Files.writeString(mine, "mine");
    String output = option.equals("--aeon") ? "." : name;
    List<String> arguments =
        switch (command) {
          case "evaluate" -> evaluate(option, output);
          case "report" -> List.of(command, "--published", option, output);
          default -> List.of(command, "--weights", "w.h5", option, output);
        };

    assertRefused(
        "expected a new file, found an existing one; use --force to replace it", arguments);
    Run forced = run(with(arguments, "--force"));

    assertThat(forced.exitCode()).as(forced.err()).isZero();
    assertThat(Files.size(mine)).isGreaterThan(100);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aDeviceIsWrittenToAndStaysOne() throws IOException {
    Run run = run(evaluate("--predictions", "/dev/null"));

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(Files.readAttributes(Path.of("/dev/null"), BasicFileAttributes.class).isOther())
        .isTrue();
  }

  @Test
  void picturesGoBesideOtherFilesAndReplaceTheirOwnWithForceOnly() throws IOException {
    Path out = Files.createDirectory(folder.resolve("out"));
    Files.writeString(out.resolve("notes.txt"), "mine");
    List<String> cam =
        List.of("cam", "--weights", "w.h5", "--data", "data", "--set", "CBF", "--out", "out");

    Run first = run(cam);
    assertThat(first.exitCode()).as(first.err()).isZero();
    assertRefused("expected a folder without files of the names to write, found cam.csv", cam);
    Run forced = run(with(cam, "--force"));

    assertThat(forced.exitCode()).as(forced.err()).isZero();
    assertThat(out.resolve("notes.txt")).hasContent("mine");
  }

  @ParameterizedTest
  @ValueSource(strings = {"history.csv", "weights-best.h5", "metrics.json", "training.png"})
  void aTrainingReplacesNothing(String name) throws IOException {
    Path run = Files.createDirectory(folder.resolve("run"));
    Files.writeString(run.resolve(name), "mine");

    assertRefused(
        "expected a folder without files of a run, found " + name,
        List.of("train", "--data", "data", "--set", "CBF", "--epochs", "1", "--out", "run"),
        "run/run.lock");
  }

  @ParameterizedTest
  @CsvSource({
    "verification.csv, 'expected a new file, found an existing one; use --force'",
    "verification.json, 'expected a new file, found an existing one; use --force'",
    "verification.jsonl, 'expected a log of lstmfcn verify, found another file'"
  })
  void verifyReplacesItsOwnTablesOnly(String name, String message) throws IOException {
    Path out = Files.createDirectory(folder.resolve("out"));
    Files.writeString(out.resolve(name), "mine\n");
    Files.createDirectory(folder.resolve("weights"));
    Files.move(folder.resolve("w.h5"), folder.resolve("weights/w.h5"));
    Files.writeString(
        folder.resolve("weights/reported.csv"), "weights,set,accuracy\nw.h5,CBF,126/150\n");
    List<String> verify =
        List.of("verify", "--weights", "weights", "--data", "data", "--out", "out");

    assertRefused(message, verify);
    Files.delete(out.resolve(name));
    assertThat(run(verify).err()).doesNotContain("expected");
    Run again = run(verify);

    assertThat(again.err()).doesNotContain("expected");
    assertThat(out.resolve("verification.csv")).content().contains("w.h5");
  }

  @ParameterizedTest
  @ValueSource(strings = {"search", "train-all"})
  void runsGoIntoAFolderOfTheirOwn(String command) throws IOException {
    Path out = Files.createDirectory(folder.resolve("out"));
    Files.writeString(out.resolve("choice.csv"), "mine");

    assertRefused(
        "expected an empty folder, or one with runs.csv of the same command",
        List.of(command, "--data", "data", "--set", "CBF", "--epochs", "1", "--out", "out"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evaluate",
        "verify",
        "export",
        "convert",
        "train",
        "search",
        "train-all",
        "cam",
        "context",
        "filters",
        "features",
        "importance",
        "report"
      })
  void everyCommandThatWritesTellsTheRule(String command) {
    assertThat(Run.of(command, "--help").out()).containsPattern("(?i)replace");
  }

  private List<String> evaluate(String option, String output) {
    return List.of(
        "evaluate", "--weights", "w.h5", "--data", "data", "--set", "CBF", option, output);
  }

  private static List<String> with(List<String> arguments, String more) {
    return Stream.concat(arguments.stream(), Stream.of(more)).toList();
  }

  /** Paths are taken within the test's folder. */
  private Run run(List<String> arguments) {
    List<String> resolved = new ArrayList<>();
    String before = "";
    for (String argument : arguments) {
      boolean isPath =
          List.of("--weights", "--data", "--out", "--predictions", "--aeon").contains(before)
              || argument.equals("r");
      resolved.add(isPath ? folder.resolve(argument).toString() : argument);
      before = argument;
    }
    return Run.of(resolved);
  }

  private void assertRefused(String message, List<String> arguments, String... besides)
      throws IOException {
    Map<String, String> before = everything();
    Run run = run(arguments);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains(message).hasLineCount(1);
    Map<String, String> after = everything();
    List.of(besides).forEach(after::remove);
    assertThat(after).as("nothing was changed").isEqualTo(before);
  }

  private Map<String, String> everything() throws IOException {
    Map<String, String> contents = new HashMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        contents.put(
            folder.relativize(file).toString().replace('\\', '/'),
            Json.line(Files.readAllBytes(file)));
      }
    }
    return contents;
  }
}
