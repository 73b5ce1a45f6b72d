package io.github.lstmfcn.spark.storage;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.files.AtomicFile;
import io.github.lstmfcn.text.FailureReason;
import java.io.IOException;
import java.io.Serializable;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.NavigableMap;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A copy of a folder, or of one file, that lies at the same path on every machine. A file counts as
 * copied if its length and the time of its last change are those of the original.
 */
public final class Mirror implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Within a process locks of files do not wait for each other. */
  private static final Object ONE_AT_A_TIME = new Object();

  private final RemoteFolder remote;

  /** The name of the only file that is copied; null for all files. */
  private final String only;

  private final String local;

  /** Identifies the files of the driver's copy; null before it was made. */
  private String version;

  Mirror(RemoteFolder remote, String only, Path local) {
    this.remote = remote;
    this.only = only;
    this.local = local.toString();
  }

  /** Brings the copy up to date, at the driver. */
  void refresh() {
    synchronized (ONE_AT_A_TIME) {
      locked(
          () -> {
            NavigableMap<String, FileState> files = only == null ? remote.files() : file();
            if (only == null) {
              copy(remote, files, copy());
            } else if (!FileState.of(copy()).equals(files.get(only))) {
              remote.fetch(only, files.get(only), copy());
            }
            version =
                UUID.nameUUIDFromBytes(files.toString().getBytes(StandardCharsets.UTF_8)) + "";
            String now = version;
            AtomicFile.write(versionFile(), file -> Files.writeString(file, now));
          });
    }
  }

  /**
   * Makes sure that this machine has the copy that the driver had.
   *
   * @throws InvalidInputException if it cannot be made
   */
  public void ensure() {
    try {
      if (!Files.exists(versionFile()) || !Files.readString(versionFile()).equals(version)) {
        refresh();
      }
    } catch (IOException e) {
      throw refused(e);
    }
  }

  /** Makes a folder have these files and no others. */
  static void copy(RemoteFolder remote, NavigableMap<String, FileState> files, Path target)
      throws IOException {
    Files.createDirectories(target);
    List<Path> present;
    try (Stream<Path> all = Files.walk(target)) {
      present = all.filter(Files::isRegularFile).toList();
    }
    for (Path file : present) {
      if (!files.containsKey(target.relativize(file).toString())) {
        Files.delete(file);
      }
    }
    for (var file : files.entrySet()) {
      Path copy = target.resolve(file.getKey());
      if (!FileState.of(copy).equals(file.getValue())) {
        remote.fetch(file.getKey(), file.getValue(), copy);
      }
    }
  }

  private NavigableMap<String, FileState> file() {
    NavigableMap<String, FileState> all = remote.entries();
    return all.subMap(only, true, only, true);
  }

  private interface Work {
    void run() throws IOException;
  }

  private void locked(Work work) {
    Path file = beside(".lock");
    try {
      Files.createDirectories(file.getParent());
      try (FileChannel channel =
              FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        if (lock.isValid()) {
          work.run();
        }
      }
    } catch (IOException e) {
      throw refused(e);
    }
  }

  private InvalidInputException refused(IOException failure) {
    return new InvalidInputException(
        copy(),
        "",
        "a folder for a copy of " + remote,
        FailureReason.ofCreating(failure),
        "name another one: --conf " + HadoopPaths.COPIES + "=DIR",
        failure);
  }

  private Path versionFile() {
    return beside(".version");
  }

  private Path beside(String ending) {
    return copy().resolveSibling(copy().getFileName() + ending);
  }

  private Path copy() {
    return Path.of(local);
  }
}
