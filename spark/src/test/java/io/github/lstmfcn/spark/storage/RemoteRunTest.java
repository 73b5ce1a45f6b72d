package io.github.lstmfcn.spark.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lstmfcn.data.Split;
import io.github.lstmfcn.data.archive.UcrArchive;
import io.github.lstmfcn.files.FileDigest;
import io.github.lstmfcn.model.GateActivation;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.model.Precision;
import io.github.lstmfcn.model.graph.Threads;
import io.github.lstmfcn.training.Recipe;
import io.github.lstmfcn.training.TrainingListener;
import io.github.lstmfcn.training.run.RunDescription;
import io.github.lstmfcn.training.run.TrainingRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemoteRunTest {
  private static final int EPOCHS = 4;

  @TempDir Path folder;
  private RemoteFolder remote;

  @BeforeEach
  void prepare() {
    Configuration settings = new Configuration();
    settings.set("fs.shared.impl", SharedFiles.class.getName());
    remote = new RemoteFolder("shared:" + folder, settings);
    UcrArchive archive = UcrArchive.open(Path.of("../testdata"));
    TrainingRun.prepare(
        folder,
        new RunDescription(
            "0",
            "0",
            "17",
            1,
            null,
            Precision.FLOAT32,
            "CBF",
            FileDigest.of(archive.file("CBF", Split.TRAIN)),
            null,
            ModelKind.LSTM_FCN,
            4,
            GateActivation.HARD_SIGMOID,
            null,
            Recipe.standard(Optional.empty()).toBuilder().epochs(EPOCHS).build(),
            null));
  }

  /** By which the files for people are due after every epoch. */
  private static final class Hurried extends Clock {
    private Instant now = Instant.EPOCH;

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      now = now.plus(Duration.ofMinutes(1));
      return now;
    }
  }

  /** Fails in the middle of an epoch, as a machine that is lost. */
  private static final class Lost implements TrainingListener {
    @Override
    public void epochDone(io.github.lstmfcn.training.Epoch epoch) {
      if (epoch.number() == 2) {
        throw new IllegalStateException("lost");
      }
    }
  }

  private static void train(RemoteRun run, TrainingListener listener) {
    try (TrainingRun training =
        TrainingRun.resume(run.folder(), new Hurried(), run, Threads.of(1))) {
      training.run(listener, () -> false);
    }
  }

  @Test
  void anotherMachineGoesOnFromTheCheckpointOfOneThatWasLost() {
    try (RemoteRun run = new RemoteRun(remote, () -> false)) {
      train(run, new Lost());
    } catch (IllegalStateException lost) {
      assertThat(lost).hasMessage("lost");
    }
    int left = TrainingRun.epochs(folder);
    boolean ended = Files.exists(folder.resolve("metrics.json"));

    Path copy;
    try (RemoteRun run = new RemoteRun(remote, () -> false)) {
      copy = run.folder();
      assertThat(TrainingRun.epochs(copy)).isEqualTo(left);
      train(run, TrainingListener.NONE);
      run.finish();
    }

    assertThat(left).isBetween(1, EPOCHS - 1);
    assertThat(ended).isFalse();
    assertThat(TrainingRun.finished(folder)).isPresent();
    assertThat(TrainingRun.epochs(folder)).isEqualTo(EPOCHS);
    assertThat(copy).doesNotExist();
    assertThat(folder)
        .isDirectoryNotContaining(file -> file.getFileName().toString().startsWith("."));
  }

  @Test
  void aTaskThatWasKilledWritesNothingMore() {
    try (RemoteRun run = new RemoteRun(remote, () -> true)) {
      train(run, TrainingListener.NONE);
      run.finish();
    }

    assertThat(TrainingRun.epochs(folder)).isZero();
    assertThat(folder.resolve("metrics.json")).doesNotExist();
  }

  @Test
  void aMachineThatIsLateChangesNothingOfAFinishedRun() {
    try (RemoteRun late = new RemoteRun(remote, () -> false)) {
      try (RemoteRun run = new RemoteRun(remote, () -> false)) {
        train(run, TrainingListener.NONE);
        run.finish();
      }
      var finished = remote.files();

      train(late, TrainingListener.NONE);

      assertThat(remote.files()).isEqualTo(finished);
    }
  }
}
