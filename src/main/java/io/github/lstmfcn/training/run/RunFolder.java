package io.github.lstmfcn.training.run;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.files.DurableFolder;
import io.github.lstmfcn.text.FailureReason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

/**
 * The folder of one run, locked while it is open; the system releases the lock when the process
 * ends.
 */
public final class RunFolder implements AutoCloseable {
  static final String DESCRIPTION = "run.json";
  static final String METRICS = "metrics.json";
  static final String BEST_WEIGHTS = "weights-best.h5";
  private static final String LOCK = "run.lock";
  private static final int LOCK_WAITS = 5;
  private static final int LOCK_WAIT_MILLISECONDS = 20;

  private final Path folder;
  private final Checkpoints checkpoints;
  private final FileChannel lock;

  private RunFolder(Path folder, FileChannel lock) {
    this.folder = folder;
    checkpoints = new Checkpoints(folder);
    this.lock = lock;
  }

  /**
   * Opens the folder of a new run and creates it if needed.
   *
   * @throws InvalidInputException if the folder contains a run, is locked by another process, or
   *     cannot be created
   */
  static RunFolder create(Path folder) {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new InvalidInputException(
          folder, "", "a folder for the run", "a file", "name another folder");
    }
    try {
      DurableFolder.create(folder);
    } catch (IOException e) {
      throw new InvalidInputException(
          folder, "", "a folder that can be created", FailureReason.of(e), "", e);
    }
    RunFolder created = locked(folder);
    if (Files.exists(created.description())) {
      created.close();
      throw new InvalidInputException(
          folder, "", "a folder without a run", "one with a run", "use --resume to continue it");
    }
    if (created.checkpoints().exist()) {
      created.close();
      throw new InvalidInputException(
          folder,
          "",
          "a folder without a run",
          "checkpoints without run.json",
          "name another folder");
    }
    created
        .outputs()
        .filter(file -> Files.exists(file, LinkOption.NOFOLLOW_LINKS))
        .findFirst()
        .ifPresent(
            file -> {
              created.close();
              throw new InvalidInputException(
                  folder,
                  "",
                  "a folder without files of a run",
                  file.getFileName().toString(),
                  "name another folder");
            });
    return created;
  }

  /** What a run writes beside its description and its checkpoints. */
  private Stream<Path> outputs() {
    return Stream.of(history(), bestWeights(), lastWeights(), metrics(), page(), picture());
  }

  /**
   * Opens the folder of an existing run.
   *
   * @throws InvalidInputException if the folder contains no run, or is locked by another process
   */
  static RunFolder open(Path folder) {
    if (!Files.exists(folder.resolve(DESCRIPTION))) {
      throw new InvalidInputException(
          folder, "", "the folder of a run, with run.json", "none", "start a run with --out");
    }
    return locked(folder);
  }

  /**
   * Whether another process has the folder open. For the moment of this question the folder is
   * locked, which {@link #open} waits for.
   *
   * @throws InvalidInputException if the lock cannot be read
   */
  static boolean isInUse(Path folder) {
    Path file = folder.resolve(LOCK);
    if (!Files.exists(file)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      return lock == null;
    } catch (OverlappingFileLockException sameProcess) {
      return true;
    } catch (IOException e) {
      throw new InvalidInputException(
          file, "", "a file that can be locked", FailureReason.of(e), "", e);
    }
  }

  private static RunFolder locked(Path folder) {
    Path file = folder.resolve(LOCK);
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new InvalidInputException(
          file, "", "a file that can be locked", "no regular file", "name another folder");
    }
    FileChannel channel = null;
    try {
      channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      for (int wait = 0; lock == null && wait < LOCK_WAITS; wait++) {
        Thread.sleep(LOCK_WAIT_MILLISECONDS); // another process may be asking whether it is in use
        lock = channel.tryLock();
      }
      if (lock != null) {
        return new RunFolder(folder, channel);
      }
      channel.close();
    } catch (OverlappingFileLockException sameProcess) {
      close(channel);
    } catch (InterruptedException ended) {
      close(channel);
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      close(channel);
      throw new InvalidInputException(
          file, "", "a file that can be locked", FailureReason.of(e), "", e);
    }
    throw new InvalidInputException(
        folder,
        "",
        "a folder that is not in use",
        "one that another run has locked",
        "wait for that run to end");
  }

  private static void close(FileChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException ignored) {
      // The system closes the file when the process ends.
    }
  }

  /** The file {@code run.json}. */
  Path description() {
    return folder.resolve(DESCRIPTION);
  }

  /** The checkpoints, from which the run is resumed. */
  Checkpoints checkpoints() {
    return checkpoints;
  }

  /** The file {@code history.csv}, with one line per epoch. */
  Path history() {
    return folder.resolve("history.csv");
  }

  /** The selected weights, for Keras. */
  Path bestWeights() {
    return folder.resolve(BEST_WEIGHTS);
  }

  /** The weights after the last epoch, for Keras. */
  Path lastWeights() {
    return folder.resolve("weights-last.h5");
  }

  /** The file {@code metrics.json}. */
  Path metrics() {
    return folder.resolve(METRICS);
  }

  /** The page of the run. */
  public Path page() {
    return folder.resolve("training.html");
  }

  /** The picture of the run. */
  public Path picture() {
    return folder.resolve("training.png");
  }

  @Override
  public void close() {
    close(lock);
  }
}
