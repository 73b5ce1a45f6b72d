package io.github.lstmfcn.spark;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.json.Json;
import io.github.lstmfcn.json.JsonFormat;
import io.github.lstmfcn.spark.storage.Rename;
import io.github.lstmfcn.text.FailureReason;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The folder of scores: one folder of Parquet files per file that was scored, and {@code
 * _score.json}, which says of what model and how.
 *
 * @param system the file system
 * @param path the folder
 * @param settings what the scores depend on, by name
 */
record ScoreFolder(FileSystem system, Path path, Map<String, String> settings) {
  private static final String DESCRIPTION = "_score.json";
  private static final String UNFINISHED = "_unfinished-";
  private static final String SUCCESS = "_SUCCESS";
  private static final int MOST_OF_DESCRIPTION = 64 << 20;
  private static final JsonFormat<Description> FORMAT =
      new JsonFormat<>(Description.class, 1, "name another folder");

  /**
   * How the scores of a folder were computed.
   *
   * @param settings the settings by name
   * @param files length and time of the last change of each file by its name
   */
  record Description(Map<String, String> settings, Map<String, String> files) {}

  /**
   * Begins, or goes on.
   *
   * @param inputs the files to score
   * @return those that are not scored yet
   * @throws InvalidInputException if the folder has something else, or scores of other settings or
   *     of a file that has changed since, or cannot be written
   */
  List<ScoreInput> open(List<ScoreInput> inputs) {
    try {
      Map<String, String> files = new LinkedHashMap<>();
      Path file = new Path(path, DESCRIPTION);
      if (system.exists(file)) {
        Description before = read(file);
        if (hasAnswers()) { // else the first try came to nothing, and another may follow
          expectSame(before.settings());
          files.putAll(before.files());
        }
      } else if (system.exists(path) && hasOther()) {
        throw refused("an empty folder, or one of this command", "other files");
      }
      List<ScoreInput> missing = new ArrayList<>();
      for (ScoreInput input : inputs) {
        String state =
            "%s bytes of %s at %s".formatted(input.length(), input.modified(), input.path());
        boolean isScored = isScored(input);
        if (isScored && !state.equals(files.get(input.name()))) {
          throw new InvalidInputException(
              null,
              input.path(),
              "the file as it was when it was scored to " + path,
              "one that has changed or moved",
              "name another folder, or delete " + folder(input));
        }
        files.put(input.name(), state);
        if (!isScored) {
          missing.add(input);
        }
      }
      write(file, new Description(settings, files));
      sweep();
      return missing;
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private Description read(Path file) throws IOException {
    try (InputStream in = system.open(file)) {
      String text = new String(in.readNBytes(MOST_OF_DESCRIPTION), StandardCharsets.UTF_8);
      return FORMAT.parse(null, file.toString(), text);
    }
  }

  private void write(Path file, Description description) throws IOException {
    Path unfinished = new Path(path, UNFINISHED + UUID.randomUUID());
    try (OutputStream out = system.create(unfinished, true)) {
      out.write(Json.pretty(FORMAT.document(description)).getBytes(StandardCharsets.UTF_8));
    }
    try {
      new Rename(system, unfinished, file).replacing();
    } catch (IOException other) {
      system.delete(unfinished, false);
      throw other;
    }
  }

  /** A new folder for the answers to a file, until they are complete. */
  Path unfinished(ScoreInput input) {
    return new Path(new Path(path, UNFINISHED + UUID.randomUUID()), input.folder());
  }

  /**
   * Makes complete answers those of their file, in one step. Answers that another job has completed
   * in the meantime stay.
   *
   * @throws InvalidInputException if the folder cannot be written
   */
  void complete(ScoreInput input, Path unfinished) {
    try {
      expectSame(read(new Path(path, DESCRIPTION)).settings()); // another job may have begun
      if (!isScored(input)) {
        system.delete(folder(input), true); // what is there is not complete
        new Rename(system, unfinished, folder(input)).toNew();
      }
    } catch (FileAlreadyExistsException other) {
      // It has the same answers.
    } catch (IOException e) {
      throw unwritable(e);
    } finally {
      discard(unfinished);
    }
  }

  /** Deletes answers that are not complete. */
  void discard(Path unfinished) {
    try {
      system.delete(unfinished.getParent(), true);
    } catch (IOException stays) {
      // The next job deletes it.
    }
  }

  /** Deletes what jobs of former days have left when they were killed. */
  private void sweep() throws IOException {
    for (FileStatus entry : system.listStatus(path)) {
      boolean isOld =
          System.currentTimeMillis() - entry.getModificationTime() > Duration.ofDays(1).toMillis();
      if (isOld && entry.getPath().getName().startsWith(UNFINISHED)) {
        system.delete(entry.getPath(), true);
      }
    }
  }

  private InvalidInputException unwritable(IOException failure) {
    return new InvalidInputException(
        null,
        path.toString(),
        "a folder that can be written",
        FailureReason.of(failure),
        "",
        failure);
  }

  private void expectSame(Map<String, String> before) {
    settings.forEach(
        (name, value) -> {
          if (!value.equals(before.get(name))) {
            throw refused(
                "answers with the same %s, %s".formatted(name, value),
                String.valueOf(before.get(name)));
          }
        });
  }

  private InvalidInputException refused(String expected, String found) {
    return new InvalidInputException(
        null, path.toString(), expected, found, "name another folder with --out");
  }

  /** The folder of a file's scores. */
  Path folder(ScoreInput input) {
    return new Path(path, input.folder());
  }

  private boolean hasOther() throws IOException {
    for (FileStatus entry : system.listStatus(path)) {
      if (!entry.getPath().getName().startsWith(UNFINISHED)) {
        return true;
      }
    }
    return false;
  }

  private boolean hasAnswers() throws IOException {
    for (FileStatus entry : system.listStatus(path)) {
      if (entry.isDirectory() && system.exists(new Path(entry.getPath(), SUCCESS))) {
        return true;
      }
    }
    return false;
  }

  private boolean isScored(ScoreInput input) throws IOException {
    return system.exists(new Path(folder(input), SUCCESS));
  }
}
