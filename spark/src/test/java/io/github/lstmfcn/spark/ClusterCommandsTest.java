package io.github.lstmfcn.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lstmfcn.cli.SearchCommand;
import io.github.lstmfcn.cli.TrainAllCommand;
import io.github.lstmfcn.cli.VerifyCommand;
import io.github.lstmfcn.spark.job.Cluster;
import io.github.lstmfcn.spark.job.LocalCluster;
import io.github.lstmfcn.training.run.TrainingRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterCommandsTest {
  private static final String DATA = "../testdata";
  private static final Path WEIGHTS = Path.of("../keras-weights");

  private static Cluster cluster;

  @TempDir Path folder;

  @BeforeAll
  static void begin() {
    cluster = new Cluster(LocalCluster.settings());
  }

  @AfterAll
  static void end() {
    cluster.close();
  }

  /** Three weight files of which one is damaged, and one whose dataset there is not. */
  private Path weights() throws IOException {
    Path weights = Files.createDirectory(folder.resolve("weights"));
    Files.copy(WEIGHTS.resolve("2017-lstmfcn-8-CBF/weights.h5"), weights.resolve("a.h5"));
    Files.copy(
        WEIGHTS.resolve("2017-lstmfcn-64-SyntheticControl/weights.h5"), weights.resolve("b.h5"));
    Files.writeString(weights.resolve("c.h5"), "no HDF5");
    Files.writeString(weights.resolve("unknown.h5"), "not listed");
    Files.writeString(
        weights.resolve("reported.csv"),
        """
        weights,set,accuracy
        a.h5,CBF,0.5
        a.h5,CBF,0.9
        b.h5,SyntheticControl,1
        c.h5,CBF,1
        a.h5,Nowhere,1
        """);
    return weights;
  }

  @Test
  void verificationsHaveTheSameTablesAndVerdicts() throws IOException {
    String options = "verify --quiet --weights " + weights() + " --data " + DATA;
    CommandRun here = CommandRun.here(new VerifyCommand(), options + " --csv");

    CommandRun csv = CommandRun.on(cluster, options + " --csv --out " + folder.resolve("out"));
    CommandRun text = CommandRun.on(cluster, options);

    assertThat(csv).isEqualTo(here);
    assertThat(here.out()).contains("unreadable").contains("no data").contains("off");
    assertThat(folder.resolve("out/verification.csv")).content().isEqualTo(here.out());
    assertThat(text).isEqualTo(CommandRun.here(new VerifyCommand(), options));
  }

  @Test
  void aFolderIsNamedInResultsAsItWasGiven() throws IOException {
    Path relative = Path.of("").toAbsolutePath().relativize(weights());
    String options = "verify --quiet --csv --weights " + relative + " --data " + DATA;

    CommandRun run = CommandRun.on(cluster, options);

    assertThat(run).isEqualTo(CommandRun.here(new VerifyCommand(), options));
    assertThat(run.out()).contains(relative + "/c.h5");
  }

  @Test
  void aVerificationThatIsSubmittedAgainMeasuresNothingAgain() throws IOException {
    Path out = folder.resolve("out");
    String options =
        "verify --quiet --json --weights " + weights() + " --data " + DATA + " --out " + out;
    CommandRun first = CommandRun.on(cluster, options);
    String log = Files.readString(out.resolve("verification.jsonl"));

    CommandRun again = CommandRun.on(cluster, options);

    assertThat(again).isEqualTo(first);
    assertThat(log.lines().filter(line -> !line.isEmpty())).hasSize(5);
    assertThat(out.resolve("verification.jsonl")).content().isEqualTo(log);
  }

  @Test
  void aSearchHasTheSameTablesAndWhatIsFinishedIsNotTrainedAgain() throws IOException {
    String options =
        "search --quiet --data "
            + DATA
            + " --sets CBF,SyntheticControl --models lstm-fcn --cells 4,6 --epochs 1 --out ";
    CommandRun here =
        CommandRun.here(
            new SearchCommand(grid -> new TrainingHere(Integer.MAX_VALUE)),
            options + folder.resolve("here"));

    CommandRun there = CommandRun.on(cluster, options + folder.resolve("there"));
    Map<String, FileTime> first = metrics(folder.resolve("there"));
    CommandRun again = CommandRun.on(cluster, options + folder.resolve("there"));

    assertThat(there.err()).isEmpty();
    assertThat(there.exitCode()).isEqualTo(here.exitCode()).isZero();
    assertThat(withoutSeconds(folder.resolve("there/runs.csv")))
        .isEqualTo(withoutSeconds(folder.resolve("here/runs.csv")));
    assertThat(folder.resolve("there/choice.csv"))
        .hasSameTextualContentAs(folder.resolve("here/choice.csv"));
    assertThat(folder.resolve("there/runs.html")).exists();
    assertThat(first).hasSize(4);
    assertThat(metrics(folder.resolve("there"))).isEqualTo(first);
    assertThat(again.out()).isEqualTo(there.out());
  }

  @Test
  void anInterruptedRunGoesOnFromItsCheckpointAndEndsAsIfItHadNotBeen() throws IOException {
    String options = "train-all --quiet --data " + DATA + " --set CBF --epochs 4 --out ";
    CommandRun.here(
        new TrainAllCommand(grid -> new TrainingHere(Integer.MAX_VALUE)),
        options + folder.resolve("whole"));
    CommandRun.here(
        new TrainAllCommand(grid -> new TrainingHere(2)), options + folder.resolve("cut"));
    Path cut = folder.resolve("cut/CBF/lstm-fcn-8-seed0");
    int epochs = TrainingRun.epochs(cut);

    CommandRun run = CommandRun.on(cluster, options + folder.resolve("cut"));

    Path whole = folder.resolve("whole/CBF/lstm-fcn-8-seed0");
    assertThat(epochs).isBetween(1, 3);
    assertThat(run.exitCode()).isZero();
    assertThat(cut.resolve("history.csv")).hasSameTextualContentAs(whole.resolve("history.csv"));
    assertThat(TrainingRun.finished(cut)).isEqualTo(TrainingRun.finished(whole));
  }

  private static Map<String, FileTime> metrics(Path out) throws IOException {
    Map<String, FileTime> times = new TreeMap<>();
    try (Stream<Path> files = Files.walk(out)) {
      for (Path file : files.filter(file -> file.endsWith("metrics.json")).toList()) {
        times.put(file.toString(), Files.getLastModifiedTime(file));
      }
    }
    return times;
  }

  private static String withoutSeconds(Path csv) throws IOException {
    try (Stream<String> lines = Files.lines(csv, StandardCharsets.UTF_8)) {
      return lines
          .map(line -> line.replaceAll(",\\d+\\.\\d+,(?=[A-Z])", ",,"))
          .collect(Collectors.joining("\n"));
    }
  }
}
