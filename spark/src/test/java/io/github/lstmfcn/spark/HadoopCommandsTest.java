package io.github.lstmfcn.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lstmfcn.cli.SearchCommand;
import io.github.lstmfcn.cli.TrainAllCommand;
import io.github.lstmfcn.cli.VerifyCommand;
import io.github.lstmfcn.spark.job.Cluster;
import io.github.lstmfcn.spark.job.LocalCluster;
import io.github.lstmfcn.spark.storage.HadoopPaths;
import io.github.lstmfcn.spark.storage.SharedFiles;
import io.github.lstmfcn.training.run.TrainingRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands whose folders lie on a file system of Hadoop that is not {@code file}. */
class HadoopCommandsTest {
  private static final Path WEIGHTS = Path.of("../keras-weights");

  @TempDir static Path copies;
  private static SparkConf settings;
  private static Cluster cluster;

  @TempDir Path folder;

  @BeforeAll
  static void begin() {
    settings = SharedFiles.in(LocalCluster.settings()).set(HadoopPaths.COPIES, copies.toString());
    cluster = new Cluster(settings);
  }

  @AfterAll
  static void end() {
    cluster.close();
  }

  private static String uri(Path path) {
    return "shared:" + path.toAbsolutePath().normalize();
  }

  /** A folder with the data of one dataset. */
  private Path data() throws IOException {
    Path data = Files.createDirectory(folder.resolve("data"));
    copy(Path.of("../testdata/CBF"), data);
    return data;
  }

  private static void copy(Path source, Path target) throws IOException {
    Path into = Files.createDirectory(target.resolve(source.getFileName()));
    try (Stream<Path> files = Files.list(source)) {
      for (Path file : files.toList()) {
        Files.copy(file, into.resolve(file.getFileName()));
      }
    }
  }

  private Path weights() throws IOException {
    Path weights = Files.createDirectory(folder.resolve("weights"));
    Files.copy(WEIGHTS.resolve("2017-lstmfcn-8-CBF/weights.h5"), weights.resolve("a.h5"));
    Files.writeString(weights.resolve("c.h5"), "no HDF5");
    Files.writeString(
        weights.resolve("reported.csv"), "weights,set,accuracy\na.h5,CBF,0.5\nc.h5,CBF,1\n");
    return weights;
  }

  @Test
  void verificationsHaveTheSameTablesAndAreNotRepeated() throws IOException {
    Path data = data();
    Path weights = weights();
    Path out = folder.resolve("out");
    CommandRun here =
        CommandRun.here(
            new VerifyCommand(),
            "verify --quiet --csv --weights %s --data %s".formatted(weights, data));
    String options =
        "verify --quiet --csv --weights %s --data %s --out %s"
            .formatted(uri(weights), uri(data), uri(out));

    CommandRun there = CommandRun.on(cluster, options);
    String log = Files.readString(out.resolve("verification.jsonl"));
    CommandRun again = CommandRun.on(cluster, options);

    assertThat(there.out()).isEqualTo(here.out().replace(weights + "/", uri(weights) + "/"));
    assertThat(there.exitCode()).isEqualTo(here.exitCode());
    assertThat(out.resolve("verification.csv")).content().isEqualTo(there.out());
    assertThat(again).isEqualTo(there);
    assertThat(out.resolve("verification.jsonl")).content().isEqualTo(log);
  }

  @Test
  void whatWasAddedToAFolderIsSeen() throws IOException {
    Path data = data();
    String options =
        "verify --quiet --csv --weights %s --data %s".formatted(uri(weights()), uri(data));
    CommandRun before = CommandRun.on(cluster, options);
    copy(Path.of("../testdata/SyntheticControl"), data);
    Path weights = folder.resolve("weights");
    Files.delete(weights.resolve("c.h5"));
    Files.copy(
        WEIGHTS.resolve("2017-lstmfcn-64-SyntheticControl/weights.h5"), weights.resolve("b.h5"));
    Files.writeString(
        weights.resolve("reported.csv"), "weights,set,accuracy\nb.h5,SyntheticControl,103/120\n");

    CommandRun after = CommandRun.on(cluster, options);

    assertThat(before.out()).contains("unreadable");
    assertThat(after.out()).contains("b.h5").contains("reproduced").doesNotContain("c.h5");
  }

  @Test
  void aSearchLeavesTheSameTablesAndRunsAndAnotherDriverTrainsNothingAgain() throws IOException {
    Path data = data();
    Path out = folder.resolve("there");
    String options = "search --quiet --models lstm-fcn --cells 4,6 --epochs 2 --data %s --out %s";
    CommandRun.here(
        new SearchCommand(grid -> new TrainingHere(Integer.MAX_VALUE)),
        options.formatted(data, folder.resolve("here")));

    CommandRun there = CommandRun.on(cluster, options.formatted(uri(data), uri(out)));
    Path metrics = out.resolve("CBF/lstm-fcn-4-seed0/metrics.json");
    FileTime first = Files.getLastModifiedTime(metrics);
    deleteCopies();
    CommandRun again = CommandRun.on(cluster, options.formatted(uri(data), uri(out)));

    assertThat(there.err()).isEmpty();
    assertThat(there.exitCode()).isZero();
    assertThat(again).isEqualTo(there);
    assertThat(Files.getLastModifiedTime(metrics)).isEqualTo(first);
    assertThat(out.resolve("choice.csv"))
        .hasSameTextualContentAs(folder.resolve("here/choice.csv"));
    assertThat(out.resolve("runs.html")).exists();
    assertThat(names(out.resolve("CBF/lstm-fcn-6-seed0")))
        .containsExactly(
            "checkpoint",
            "history.csv",
            "metrics.json",
            "run.json",
            "weights-best.h5",
            "weights-last.h5");
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static void deleteCopies() throws IOException {
    try (Stream<Path> files = Files.walk(copies)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        if (!file.equals(copies)) {
          Files.delete(file);
        }
      }
    }
  }

  @Test
  void aRunGoesOnFromItsCheckpoint() throws IOException {
    Path data = data();
    String options = "train-all --quiet --epochs 4 --data %s --out %s";
    CommandRun whole =
        CommandRun.on(cluster, options.formatted(uri(data), uri(folder.resolve("whole"))));
    Path copy = new HadoopPaths(settings).convert(uri(data));
    CommandRun.here(
        new TrainAllCommand(grid -> new TrainingHere(2)),
        options.formatted(copy, folder.resolve("cut")));
    Path cut = folder.resolve("cut/CBF/lstm-fcn-8-seed0");
    int epochs = TrainingRun.epochs(cut);

    CommandRun run =
        CommandRun.on(cluster, options.formatted(uri(data), uri(folder.resolve("cut"))));

    Path uncut = folder.resolve("whole/CBF/lstm-fcn-8-seed0");
    assertThat(epochs).isBetween(1, 3);
    assertThat(whole.exitCode()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(cut.resolve("history.csv")).hasSameTextualContentAs(uncut.resolve("history.csv"));
    assertThat(TrainingRun.finished(cut)).isEqualTo(TrainingRun.finished(uncut));
  }

  @Test
  void scoresFilesByAModelIntoAFolderThatAllLieElsewhere() throws IOException {
    Path weights = weights().resolve("a.h5");
    Path series = Files.copy(Path.of("../testdata/CBF/CBF_TEST.tsv"), folder.resolve("s.tsv"));
    Path out = folder.resolve("scores");

    CommandRun run =
        CommandRun.on(
            cluster,
            "score --quiet --label-column first --weights %s --out %s %s"
                .formatted(uri(weights), uri(out), uri(series)));

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("150 series of 1 files in " + uri(out));
    assertThat(out.resolve("input=s.tsv/_SUCCESS")).exists();
    assertThat(
            CommandRun.on(
                    cluster,
                    "score --quiet --weights %s --out %s %s"
                        .formatted(uri(folder.resolve("none.h5")), uri(out), uri(series)))
                .errors())
        .containsExactly(
            "lstmfcn-spark: %s: expected a folder or file, found nothing of that name"
                .formatted(uri(folder.resolve("none.h5"))));
  }

  @Test
  void whatCannotBeReadIsToldByItsUri() throws IOException {
    Path data = data();
    Path file = data.resolve("CBF/CBF_TRAIN.tsv");
    Path other = Files.createDirectory(folder.resolve("other"));
    Files.createDirectory(other.resolve("something"));

    assertThat(error("train-all --data shared:/nowhere --out " + folder.resolve("a")))
        .isEqualTo("shared:/nowhere: expected a folder or file, found nothing of that name");
    assertThat(error("train-all --data unknown:/x --out " + folder.resolve("a")))
        .isEqualTo(
            "unknown:/x: expected a folder or file that can be read, found No FileSystem for"
                + " scheme \"unknown\"");
    assertThat(error("train-all --data " + uri(file) + " --out " + folder.resolve("a")))
        .isEqualTo(uri(file) + ": expected a folder in --data, found a file; name the folder");
    assertThat(error("train-all --data " + uri(data) + " --out " + uri(other)))
        .isEqualTo(
            uri(other)
                + ": expected an empty folder, or one with runs.csv of the same command, found"
                + " other files; name another folder");
    assertThat(error("train-all --set Coffee --data " + uri(data) + " --out " + uri(other)))
        .isEqualTo(uri(data) + ": expected one of its datasets, found 'Coffee'; it has CBF");
  }

  private static String error(String line) {
    CommandRun run = CommandRun.on(cluster, line);
    assertThat(run.errors()).hasSize(1);
    assertThat(run.exitCode()).isEqualTo(1);
    return run.err().strip().replace("lstmfcn-spark: ", "");
  }

  @Test
  void aPathWithTheSchemeFileIsThePathItself() {
    HadoopPaths paths = new HadoopPaths(settings);

    assertThat(paths.convert("file:///share/UCR")).isEqualTo(Path.of("/share/UCR"));
    assertThat(paths.convert("file:/share/a b")).isEqualTo(Path.of("/share/a b"));
    assertThat(paths.convert("runs/new")).isEqualTo(Path.of("runs/new"));
    assertThat(paths.convert("hdfs://host/a/UCR/"))
        .isEqualTo(paths.convert("hdfs://host/a/UCR"))
        .isNotEqualTo(paths.convert("hdfs://host/b/UCR"))
        .startsWithRaw(copies);
  }
}
