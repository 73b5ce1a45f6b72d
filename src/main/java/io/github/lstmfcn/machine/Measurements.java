package io.github.lstmfcn.machine;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.json.JsonFormat;
import io.github.lstmfcn.text.FailureReason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * The measurements of a user, kept in a file of the cache: {@code lstm-fcn/measurements.json} in
 * the folder of {@code XDG_CACHE_HOME}, or else of {@code ~/.cache}. What is not there, or cannot
 * be read, is measured again.
 *
 * @param file the file
 */
public record Measurements(Path file) {
  /** The property that names another folder for the file. */
  public static final String FOLDER = "lstmfcn.cache";

  private static final String NAME = "measurements.json";

  /** How long to wait before another try to lock the file, in nanoseconds. */
  private static final long WAIT = 10_000_000;

  private static final JsonFormat<Content> FORMAT = new JsonFormat<>(Content.class, 1, "delete it");

  /** The content of the file. */
  record Content(List<Measurement> measurements) {}

  /** The measurements of the user who runs this process. */
  public static Measurements ofUser() {
    String property = System.getProperty(FOLDER);
    if (property != null) {
      return new Measurements(Path.of(property, NAME));
    }
    String cache = System.getenv("XDG_CACHE_HOME");
    Path folder =
        cache == null || cache.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(cache);
    return new Measurements(folder.resolve("lstm-fcn").resolve(NAME));
  }

  /** The measurement that answers a question, if there is one. */
  public Optional<Measurement> find(Measurement.Question question) {
    return all().stream().filter(known -> known.question().equals(question)).findFirst();
  }

  /** Keeps a measurement if the file can be written; else it is measured again. */
  public void keepIfPossible(Measurement measured) {
    try {
      keep(measured);
    } catch (InvalidInputException unwritable) {
      // It is measured again.
    }
  }

  /**
   * Keeps a measurement in place of an earlier one of the same question.
   *
   * @throws InvalidInputException if the file cannot be written
   */
  public void keep(Measurement measured) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      add(measured);
    } catch (IOException e) {
      throw new InvalidInputException(
          file,
          "",
          "a file that can be written, to keep the times in",
          FailureReason.ofCreating(e),
          "set XDG_CACHE_HOME to another folder",
          e);
    }
  }

  /** Adds a measurement to those of other processes and threads, of which none is lost. */
  private void add(Measurement measured) throws IOException {
    Path lock = file.resolveSibling(NAME + ".lock");
    try (FileChannel channel =
        FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      lock(channel);
      List<Measurement> all = new ArrayList<>(all());
      all.removeIf(known -> known.question().equals(measured.question()));
      all.add(measured);
      FORMAT.write(file, new Content(all));
    }
  }

  /** Locks a file until it is closed; within a process, that does not wait for other locks. */
  private static void lock(FileChannel channel) throws IOException {
    for (boolean locked = false; !locked; ) {
      try {
        locked = channel.lock().isValid();
      } catch (OverlappingFileLockException held) {
        LockSupport.parkNanos(WAIT);
      }
    }
  }

  private List<Measurement> all() {
    try {
      return Files.isRegularFile(file) ? FORMAT.read(file).measurements() : List.of();
    } catch (InvalidInputException damaged) {
      return List.of();
    }
  }
}
