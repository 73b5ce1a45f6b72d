package io.github.lstmfcn.spark.storage;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.files.AtomicFile;
import io.github.lstmfcn.text.FailureReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.stream.Stream;

/** The folder of a command's results and runs, of which the driver has a copy to work in. */
public final class OutputFolder {
  /** Beside it are the folders of runs. */
  private static final String RUNS = "runs.csv";

  private static final String LOCK = "run.lock";

  private final RemoteFolder remote;
  private final Path local;

  /** The files that are the same here and there. */
  private final Map<Path, FileState> stored = new HashMap<>();

  OutputFolder(RemoteFolder remote, Path local) {
    this.remote = remote;
    this.local = local;
  }

  /** Copies what is there. Without a table of runs that is no folder within the folder. */
  void fetch() {
    NavigableMap<String, FileState> entries = remote.entries();
    try {
      if (entries.containsKey(RUNS)) {
        Mirror.copy(remote, remote.files(), local);
      } else {
        List<String> folders =
            entries.entrySet().stream()
                .filter(entry -> entry.getValue().equals(FileState.NONE))
                .map(Map.Entry::getKey)
                .toList();
        folders.forEach(entries::remove);
        deleteFolders();
        Mirror.copy(remote, entries, local);
        for (String folder : folders) {
          Files.createDirectories(local.resolve(folder)); // for the command to see
        }
      }
      try (Stream<Path> files = Files.walk(local)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          stored.put(file, FileState.of(file));
        }
      }
    } catch (IOException e) {
      throw refused(e);
    }
  }

  private void deleteFolders() throws IOException {
    if (Files.isDirectory(local)) {
      LocalCopy.delete(local);
    }
  }

  /** Copies the tables, and all else that lies in the folder itself, where it has changed. */
  public void storeTables() {
    store(local);
  }

  /** Copies what has changed of a run, whose folder is here. */
  public void storeRun(Path run) {
    store(run);
  }

  private void store(Path folder) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path file : entries.filter(OutputFolder::isResult).sorted().toList()) {
        FileState now = FileState.of(file);
        if (!now.equals(stored.get(file))) {
          remote.store(file, name(file));
          stored.put(file, now);
        }
      }
    } catch (IOException e) {
      throw refused(e);
    }
  }

  static boolean isResult(Path file) {
    return Files.isRegularFile(file)
        && !AtomicFile.isUnfinished(file)
        && !file.getFileName().toString().equals(LOCK);
  }

  /** Brings the copy of a run up to date, after another machine has trained it. */
  public void fetchRun(Path run) {
    try {
      RemoteFolder there = remote.resolve(name(run));
      Mirror.copy(there, there.files(), run);
      try (Stream<Path> files = Files.list(run)) {
        for (Path file : files.toList()) {
          stored.put(file, FileState.of(file));
        }
      }
    } catch (IOException e) {
      throw refused(e);
    }
  }

  /** The folder itself. */
  public RemoteFolder original() {
    return remote;
  }

  /** The driver's copy of it. */
  public Path copy() {
    return local;
  }

  private String name(Path path) {
    return local.relativize(path).toString();
  }

  private InvalidInputException refused(IOException failure) {
    return new InvalidInputException(
        local,
        "",
        "a folder for a copy of " + remote,
        FailureReason.ofCreating(failure),
        "name another one: --conf " + HadoopPaths.COPIES + "=DIR",
        failure);
  }
}
