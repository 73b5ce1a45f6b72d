package io.github.lstmfcn.training.run;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.text.FailureReason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The folder of one run, locked while it is open: the system lifts a lock with its process. */
public final class RunFolder implements AutoCloseable {
  static final String DESCRIPTION = "run.json";
  static final String METRICS = "metrics.json";
  static final String BEST_WEIGHTS = "weights-best.h5";

  private final Path folder;
  private final Checkpoints checkpoints;
  private final FileChannel lock;

  private RunFolder(Path folder, FileChannel lock) {
    this.folder = folder;
    checkpoints = new Checkpoints(folder);
    this.lock = lock;
  }

  /**
   * A new run's folder, made if need be.
   *
   * @throws InvalidInputException if it holds a run already, another process is in it, or it cannot
   *     be made
   */
  static RunFolder create(Path folder) {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new InvalidInputException(folder, "", "a folder for the run", "a file", "name another");
    }
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new InvalidInputException(
          folder, "", "a folder that can be made", FailureReason.of(e), "", e);
    }
    RunFolder created = locked(folder);
    if (Files.exists(created.description())) {
      created.close();
      throw new InvalidInputException(
          folder, "", "a folder without a run", "one with a run", "--resume goes on with it");
    }
    if (created.checkpoints().exist()) {
      created.close();
      throw new InvalidInputException(
          folder, "", "a folder without a run", "checkpoints without run.json", "name another");
    }
    return created;
  }

  /**
   * The folder of a run that began earlier.
   *
   * @throws InvalidInputException if it holds no run, or another process is in it
   */
  static RunFolder open(Path folder) {
    if (!Files.exists(folder.resolve(DESCRIPTION))) {
      throw new InvalidInputException(
          folder, "", "the folder of a run, with run.json", "none", "begin one with --out");
    }
    return locked(folder);
  }

  private static RunFolder locked(Path folder) {
    Path file = folder.resolve("run.lock");
    FileChannel channel = null;
    try {
      channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return new RunFolder(folder, channel);
      }
      channel.close();
    } catch (OverlappingFileLockException sameProcess) {
      close(channel);
    } catch (IOException e) {
      close(channel);
      throw new InvalidInputException(
          file, "", "a lock that can be had", FailureReason.of(e), "", e);
    }
    throw new InvalidInputException(
        folder, "", "a folder that no run is in", "one that is locked", "wait for its run to end");
  }

  private static void close(FileChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException ignored) {
      // The system closes it with the process.
    }
  }

  /** {@code run.json}. */
  Path description() {
    return folder.resolve(DESCRIPTION);
  }

  /** Everything that going on takes. */
  Checkpoints checkpoints() {
    return checkpoints;
  }

  /** A line an epoch. */
  Path history() {
    return folder.resolve("history.csv");
  }

  /** The kept weights, for Keras. */
  Path bestWeights() {
    return folder.resolve(BEST_WEIGHTS);
  }

  /** The weights after the last epoch, for Keras. */
  Path lastWeights() {
    return folder.resolve("weights-last.h5");
  }

  /** What came of it. */
  Path metrics() {
    return folder.resolve(METRICS);
  }

  /** The page. */
  public Path page() {
    return folder.resolve("training.html");
  }

  /** The picture. */
  public Path picture() {
    return folder.resolve("training.png");
  }

  @Override
  public void close() {
    close(lock);
  }
}
