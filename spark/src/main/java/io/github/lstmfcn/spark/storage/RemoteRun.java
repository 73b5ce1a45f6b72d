package io.github.lstmfcn.spark.storage;

import io.github.lstmfcn.training.loop.TrainingState;
import io.github.lstmfcn.training.run.RunDescription;
import io.github.lstmfcn.training.run.RunFolder;
import io.github.lstmfcn.training.run.RunMetrics;
import io.github.lstmfcn.training.run.RunObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * A run that is trained in a copy of its folder on this machine. The original follows whenever the
 * files for people are updated, and at the end; from its checkpoint another machine goes on.
 */
public final class RemoteRun implements RunObserver, AutoCloseable {
  private static final String METRICS = "metrics.json";

  private final RemoteFolder remote;
  private final Path folder;
  private final BooleanSupplier killed;
  private final boolean wasFinished;
  private final Map<Path, FileState> stored = new HashMap<>();

  /**
   * Copies a run to this machine.
   *
   * @param remote the folder of the run
   * @param killed whether another machine may have the run now; then nothing more is written
   */
  public RemoteRun(RemoteFolder remote, BooleanSupplier killed) {
    this.remote = remote;
    this.killed = killed;
    try {
      folder = Files.createTempDirectory("lstmfcn-run-");
      var files = remote.files();
      wasFinished = files.containsKey(METRICS);
      Mirror.copy(remote, files, folder);
      for (String name : files.keySet()) {
        stored.put(folder.resolve(name), FileState.of(folder.resolve(name)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The copy of the folder. */
  public Path folder() {
    return folder;
  }

  @Override
  public void saved(
      RunFolder run,
      RunDescription description,
      TrainingState state,
      List<String> notes,
      RunMetrics metrics) {
    // A machine that the cluster has lost may still work while another one has finished the run.
    if (wasFinished || !remote.files().containsKey(METRICS)) {
      store(false);
    }
  }

  /** Writes what the end of the run has left; its metrics are last. */
  public void finish() {
    store(true);
  }

  private void store(boolean withMetrics) {
    if (killed.getAsBoolean()) {
      return;
    }
    try (Stream<Path> entries = Files.list(folder)) {
      Path metrics = folder.resolve(METRICS);
      List<Path> files =
          entries
              .filter(OutputFolder::isResult)
              .filter(file -> withMetrics || !file.equals(metrics))
              .sorted(Comparator.comparing((Path file) -> file.equals(metrics)))
              .toList();
      for (Path file : files) {
        FileState now = FileState.of(file);
        if (!now.equals(stored.get(file))) {
          remote.store(file, file.getFileName().toString());
          stored.put(file, now);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes the copy. */
  @Override
  public void close() {
    try {
      LocalCopy.delete(folder);
    } catch (IOException stays) {
      // It is of no harm in a folder for temporary files.
    }
  }
}
