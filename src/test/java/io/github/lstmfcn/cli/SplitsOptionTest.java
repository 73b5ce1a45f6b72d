package io.github.lstmfcn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.lstmfcn.training.run.RunDescription;
import io.github.lstmfcn.training.run.TrainingRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code --splits} of {@code train}, {@code search} and {@code train-all}, on a dataset that has
 * TRAIN and TEST exchanged between the archives, and one that has not. Worms has 6 and 10 series
 * here, and of class b only one in the file that is named TRAIN.
 */
class SplitsOptionTest {
  private static final String NOTE =
      "Note: TRAIN and TEST of Worms are exchanged between the archives of 2015 and 2018: ";

  @TempDir Path folder;

  @BeforeEach
  void writeDatasets() throws IOException {
    write("Worms_TRAIN.tsv", "aaaaab");
    write("Worms_TEST.tsv", "aaaaabbbbb");
    write("Coffee_TRAIN.tsv", "aabb");
    write("Coffee_TEST.tsv", "aaabb");
  }

  private void write(String name, String labels) throws IOException {
    List<String> lines =
        IntStream.range(0, labels.length())
            .mapToObj(
                at ->
                    labels.charAt(at)
                        + "\t%s\t1.5\t-0.5\t%s"
                            .formatted(at * at + 0.5, labels.charAt(at) == 'a' ? 9 : -9))
            .toList();
    Files.write(Files.createDirectories(folder.resolve("data")).resolve(name), lines);
  }

  private Run run(String command, String out, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                command,
                "--data",
                folder.resolve("data").toString(),
                "--epochs",
                "1",
                "--cells",
                "2",
                "--quiet",
                "--out",
                folder.resolve(out).toString()));
    arguments.addAll(List.of(more));
    return Run.of(arguments);
  }

  private RunDescription description(String run) {
    return TrainingRun.describe(folder.resolve(run)).orElseThrow();
  }

  @Test
  void recipe2017TakesTheSplitsOf2015AndSaysSo() throws IOException {
    Run trained = run("train", "r", "--set", "Worms", "--recipe", "2017");

    assertThat(trained.exitCode()).as(trained.err()).isZero();
    assertThat(trained.out())
        .contains(NOTE + "trained on Worms_TEST.tsv, scored on Worms_TRAIN.tsv.")
        .containsPattern("TRAIN +\\d+/10,")
        .containsPattern("TEST +\\d/6,");
    assertThat(description("r").facts().get("file of TRAIN")).endsWith("Worms_TEST.tsv");
    assertThat(folder.resolve("r/training.html")).content().contains("scored on Worms_TRAIN.tsv.");

    // A resumed run keeps the files; its last line of JSON names them.
    byte[] weights = Files.readAllBytes(folder.resolve("r/weights-best.h5"));
    Files.delete(folder.resolve("r/metrics.json"));
    Run resumed = Run.of("train", "--resume", folder.resolve("r").toString(), "--json-lines");
    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    JsonNode result = new ObjectMapper().readTree(resumed.out());
    assertThat(result.path("train_file").asText()).isEqualTo("Worms_TEST.tsv");
    assertThat(result.path("test_file").asText()).isEqualTo("Worms_TRAIN.tsv");
    assertThat(result.at("/test/total").asInt()).isEqualTo(6);
    assertThat(folder.resolve("r/weights-best.h5")).hasBinaryContent(weights);

    // The file that it was trained on is no TEST of it; the other one is.
    String model = folder.resolve("r").toString();
    Run refused =
        Run.of(
            "evaluate",
            "--weights",
            model,
            "--data",
            folder.resolve("data").toString(),
            "--set",
            "Worms");
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err())
        .contains("Worms_TEST.tsv: expected series that the model was not trained on")
        .contains("name the other file: --test FILE");
    Run scored =
        Run.of(
            "evaluate",
            "--weights",
            model,
            "--test",
            folder.resolve("data/Worms_TRAIN.tsv").toString(),
            "--json");
    assertThat(scored.exitCode()).as(scored.err()).isZero();
    assertThat(new ObjectMapper().readTree(scored.out()).path("correct").asInt())
        .isEqualTo(result.at("/test/correct").asInt());
  }

  @Test
  void otherRecipesLeaveFilesAsTheyAreNamedUnlessAsked() {
    Run named = run("train", "named", "--set", "Worms", "--recipe", "2019");
    Run asked = run("train", "asked", "--set", "Worms", "--recipe", "2019", "--splits", "2015");

    assertThat(named.out()).contains(NOTE + "trained on Worms_TRAIN.tsv, scored on Worms_TEST.tsv");
    assertThat(asked.out()).contains(NOTE + "trained on Worms_TEST.tsv, scored on Worms_TRAIN.tsv");
    assertThat(description("asked").train()).isEqualTo(description("named").test());
  }

  @Test
  void namedFilesAreWhatTheOptionsSay() {
    String train = folder.resolve("data/Worms_TRAIN.tsv").toString();
    String test = folder.resolve("data/Worms_TEST.tsv").toString();
    String out = folder.resolve("n").toString();

    Run refused =
        Run.of("train", "--train", train, "--test", test, "--splits", "2015", "--out", out);

    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err())
        .contains("--splits: expected as-named where other options say what TRAIN and TEST are");
  }

  @Test
  void trainAllNamesTheFilesOfEachRun() throws IOException {
    Run run = run("train-all", "all", "--recipe", "2017", "--json");

    assertThat(run.exitCode()).as(run.err()).isZero();
    JsonNode json = new ObjectMapper().readTree(run.out());
    assertThat(json.path("runs").findValuesAsText("train_file"))
        .containsExactly("Coffee_TRAIN.tsv", "Worms_TEST.tsv");
    assertThat(json.path("runs").findValuesAsText("test_file"))
        .containsExactly("Coffee_TEST.tsv", "Worms_TRAIN.tsv");
    assertThat(json.path("runs").findValuesAsText("test_total")).containsExactly("5", "6");
    assertThat(json.path("notes").toString())
        .contains("trained on Worms_TEST.tsv, scored on Worms_TRAIN.tsv")
        .doesNotContain("Coffee");
    assertThat(folder.resolve("all/runs.csv"))
        .content()
        .contains("reason,train_file,test_file\r\n", ",Worms_TEST.tsv,Worms_TRAIN.tsv\r\n");
    assertThat(folder.resolve("all/runs.html"))
        .content()
        .contains("trained on", "scored on", "Worms_TEST.tsv", "Worms_TRAIN.tsv");

    Run other = run("train-all", "all", "--recipe", "2017", "--splits", "as-named");
    assertThat(other.exitCode()).isEqualTo(1);
    assertThat(other.err()).contains("Worms_TEST.tsv").contains("name another folder");
  }

  @Test
  void aSearchFoldsTheFileThatIsTrain() {
    Run named = run("search", "s", "--set", "Worms", "--folds", "2");
    Run exchanged = run("search", "s", "--set", "Worms", "--folds", "6", "--splits", "2015");

    assertThat(named.err()).contains("Worms_TRAIN.tsv", "class b", "found 1");
    assertThat(exchanged.err()).contains("Worms_TEST.tsv", "found 5");
  }
}
