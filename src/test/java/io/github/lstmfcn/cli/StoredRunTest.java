package io.github.lstmfcn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lstmfcn.files.Program;
import io.github.lstmfcn.training.run.RunMetrics;
import io.github.lstmfcn.training.run.StoredRun;
import io.github.lstmfcn.training.run.TrainingRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run that an earlier version began. */
class StoredRunTest {
  @TempDir Path folder;
  private Path run;

  @BeforeEach
  void unpack() throws IOException {
    run = StoredRun.unpack(StoredRun.FIRST, folder);
  }

  @Test
  void itIsResumedAndEnds() throws IOException {
    List<String> history = Files.readAllLines(run.resolve("history.csv"));

    Run resumed = Run.of("train", "--resume", "" + run, "--quiet");

    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    RunMetrics metrics = TrainingRun.finished(run).orElseThrow();
    assertThat(metrics.epochs()).isEqualTo(6);
    assertThat(metrics.test().total()).isEqualTo(120);
    assertThat(Files.readAllLines(run.resolve("history.csv"))).hasSize(7).containsAll(history);
    assertThat(run.resolve("weights-best.h5")).exists();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "\"dropout\" : 0.8,;;recipe.layers.dropout: expected a number, found none",
        "\"shuffle\" : true,;\"shuffle\" : 1,;recipe.schedule.shuffle: expected true or "
            + "false, found 1",
        "\"cells\" : 2;\"cells\" : 2, \"layers\" : 2;layers: expected no field of this name, "
            + "found 2",
        "\"initial\" :;\"initially\" :;initial: expected an object, found none",
        "\"format\" : 1;\"format\" : 2;format: expected 1, found 2",
        "\"format\" : 1,;;format: expected 1, found none",
        "\"dropout\" : 0.8;\"dropout\" : 1.8;recipe.layers.dropout: expected in [0, 1), "
            + "found 1.7999",
        "\"threads\" :;\"threads\";expected a JSON object, found no JSON at line 6",
      })
  void aDescriptionOfAnotherKindIsRefusedByTheFieldAndNothingChanges(
      String from, String to, String message) throws IOException {
    edit("run.json", from, to == null ? "" : to);
    Files.delete(run.resolve("run.lock"));
    var before = StoredRun.contents(run);

    Run resumed = Run.of("train", "--resume", "" + run);

    assertThat(resumed.exitCode()).isEqualTo(1);
    assertThat(resumed.out()).isEmpty();
    assertThat(resumed.err())
        .startsWith("lstmfcn: " + run.resolve("run.json") + ": ")
        .contains(message)
        .contains("; resume the run with the version that began it, or begin a new one")
        .doesNotContain("jackson", "io.github")
        .hasLineCount(1);
    assertThat(StoredRun.contents(run)).isEqualTo(before);
  }

  @Test
  void theVersionThatWroteItIsSaid() throws IOException {
    String description = Files.readString(run.resolve("run.json"));
    String version = description.replaceAll("(?s).*\"lstmfcn\" : \"([^\"]*)\".*", "$1");
    edit("run.json", "\"lstmfcn\" : \"" + version, "\"lstmfcn\" : \"0.0.9");
    edit("run.json", "\"dropout\" : 0.8,", "");

    assertThat(Run.of("train", "--resume", "" + run).err())
        .contains(
            "run.json: written by 0.0.9, this is "
                + Program.version()
                + ": recipe.layers.dropout: expected a number, found none; ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "\"finished\" : false,;;finished: expected true or false, found none",
        "\"test\" : null,;;test: expected an object, found none",
        "\"epochs\" : 2;\"epochs\" : 2, \"steps\" : 4;steps: expected no field of this name, "
            + "found 4",
        "\"format\" : 1;\"format\" : 7;format: expected 1, found 7",
        "\"correct\" : 7;\"correct\" : -3;train.correct: expected 0 to",
      })
  void theReportRefusesMetricsOfAnotherKind(String from, String to, String message)
      throws IOException {
    edit("metrics.json", from, to == null ? "" : to);

    Run report = Run.of("report", "" + run);

    assertThat(report.exitCode()).isEqualTo(1);
    assertThat(report.err())
        .startsWith("lstmfcn: " + run.resolve("metrics.json") + ": ")
        .contains(message)
        .contains("; use train --resume to write it again")
        .hasLineCount(1);
  }

  private void edit(String file, String from, String to) throws IOException {
    String before = Files.readString(run.resolve(file));
    assertThat(before).contains(from);
    Files.writeString(run.resolve(file), before.replace(from, to));
  }
}
