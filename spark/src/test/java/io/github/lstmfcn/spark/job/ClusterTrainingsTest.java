package io.github.lstmfcn.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lstmfcn.data.Split;
import io.github.lstmfcn.data.archive.UcrArchive;
import io.github.lstmfcn.files.FileDigest;
import io.github.lstmfcn.model.GateActivation;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.model.Precision;
import io.github.lstmfcn.spark.storage.HadoopPaths;
import io.github.lstmfcn.training.Recipe;
import io.github.lstmfcn.training.run.RunDescription;
import io.github.lstmfcn.training.run.TrainingRun;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ClusterTrainingsTest {
  private static Cluster cluster;

  @TempDir Path folder;

  private final List<String> ended = new ArrayList<>();

  @BeforeAll
  static void begin() {
    cluster = new Cluster(LocalCluster.settings());
  }

  @AfterAll
  static void end() {
    cluster.close();
  }

  /** The folder of a run that has not begun, with data of its own. */
  private Path prepared(String name) throws IOException {
    Path run = folder.resolve(name);
    UcrArchive archive = UcrArchive.open(Path.of("../testdata"));
    Path source = archive.file("CBF", Split.TRAIN);
    Path train = folder.resolve(name + "_" + source.getFileName());
    Files.copy(source, train);
    TrainingRun.prepare(
        run,
        new RunDescription(
            "0",
            "0",
            "17",
            1,
            null,
            Precision.FLOAT32,
            name,
            FileDigest.of(train),
            null,
            ModelKind.LSTM_FCN,
            4,
            GateActivation.HARD_SIGMOID,
            null,
            Recipe.standard(Optional.empty()).toBuilder().epochs(2).build(),
            null));
    return run;
  }

  private void train(Path... runs) {
    new ClusterTrainings(cluster, new HadoopPaths(cluster.settings()))
        .run(
            List.of(runs),
            () -> false,
            (run, seconds, reason) -> ended.add(run.getFileName() + ": " + reason));
  }

  @Test
  void aTrainingThatFailsIsAResultAndTheOthersGoOn() throws IOException {
    Path bad = prepared("bad");
    Path good = prepared("good");
    try (var files = Files.newDirectoryStream(folder, "bad_*")) {
      files.forEach(file -> append(file));
    }

    train(bad, good);

    assertThat(ended).hasSize(2).contains("good: ");
    assertThat(ended)
        .anyMatch(line -> line.startsWith("bad: " + folder) && line.endsWith("begin a new run"));
    assertThat(TrainingRun.finished(good)).isPresent();
    assertThat(TrainingRun.finished(bad)).isEmpty();
  }

  private static void append(Path file) {
    try {
      Files.writeString(file, "\n1\t2\n", StandardOpenOption.APPEND);
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Test
  void aRunThatALostMachineStillTrainsIsWaitedFor() throws Exception {
    Path run = prepared("held");
    FileChannel channel =
        FileChannel.open(
            run.resolve("run.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    channel.lock();
    Thread release =
        new Thread(
            () -> {
              try {
                Thread.sleep(1000);
                channel.close();
              } catch (IOException | InterruptedException impossible) {
                throw new IllegalStateException(impossible);
              }
            });
    release.start();
    long started = System.nanoTime();

    train(run);

    assertThat(ended).containsExactly("held: ");
    assertThat(System.nanoTime() - started).isGreaterThan(900_000_000L);
    assertThat(TrainingRun.finished(run)).isPresent();
  }
}
