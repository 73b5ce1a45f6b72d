package io.github.lstmfcn.spark.storage;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.text.FailureReason;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.util.SerializableConfiguration;

/** A folder on a file system of Hadoop. Names of its files are relative to it. */
public final class RemoteFolder implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Files whose names begin so are being written. */
  private static final String UNFINISHED = ".";

  private final String uri;
  private final SerializableConfiguration settings;

  RemoteFolder(String uri, Configuration settings) {
    this(uri, new SerializableConfiguration(settings));
  }

  private RemoteFolder(String uri, SerializableConfiguration settings) {
    this.uri = uri;
    this.settings = settings;
  }

  /** A folder within this one. */
  public RemoteFolder resolve(String name) {
    return new RemoteFolder(uri + "/" + name, settings);
  }

  /** What a URI leads to. */
  enum Kind {
    FOLDER,
    FILE,
    NOTHING
  }

  /** What the URI leads to. */
  Kind kind() {
    try {
      org.apache.hadoop.fs.Path path = path();
      FileSystem system = system(path);
      if (!system.exists(path)) {
        return Kind.NOTHING;
      }
      return system.getFileStatus(path).isDirectory() ? Kind.FOLDER : Kind.FILE;
    } catch (IOException | IllegalArgumentException unreadable) {
      throw refused("a folder or file that can be read", unreadable);
    }
  }

  /** The finished files at any depth, by name; none if there is no such folder. */
  NavigableMap<String, FileState> files() {
    NavigableMap<String, FileState> files = new TreeMap<>();
    try {
      org.apache.hadoop.fs.Path path = path();
      FileSystem system = system(path);
      if (system.exists(path)) {
        int prefix = system.makeQualified(path).toUri().getPath().length() + 1;
        RemoteIterator<LocatedFileStatus> each = system.listFiles(path, true);
        while (each.hasNext()) {
          FileStatus file = each.next();
          if (!file.getPath().getName().startsWith(UNFINISHED)) {
            files.put(file.getPath().toUri().getPath().substring(prefix), state(file));
          }
        }
      }
      return files;
    } catch (IOException unreadable) {
      throw refused("a folder that can be read", unreadable);
    }
  }

  /** The finished files of the folder itself, and its folders, whose state is that of no file. */
  NavigableMap<String, FileState> entries() {
    NavigableMap<String, FileState> entries = new TreeMap<>();
    try {
      org.apache.hadoop.fs.Path path = path();
      FileSystem system = system(path);
      if (system.exists(path)) {
        for (FileStatus entry : system.listStatus(path)) {
          String name = entry.getPath().getName();
          if (!name.startsWith(UNFINISHED)) {
            entries.put(name, entry.isFile() ? state(entry) : FileState.NONE);
          }
        }
      }
      return entries;
    } catch (IOException unreadable) {
      throw refused("a folder that can be read", unreadable);
    }
  }

  private static FileState state(FileStatus file) {
    return new FileState(file.getLen(), file.getModificationTime());
  }

  /** Copies a file to this machine, completely or not at all, with the time of its last change. */
  void fetch(String name, FileState state, Path target) {
    try {
      Files.createDirectories(target.getParent());
      Path unfinished = target.resolveSibling(unfinished(target.getFileName().toString()));
      org.apache.hadoop.fs.Path file = path(name);
      try (InputStream content = system(file).open(file)) {
        Files.copy(content, unfinished);
        Files.setLastModifiedTime(unfinished, FileTime.fromMillis(state.modified()));
        Files.move(unfinished, target, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(unfinished);
      }
    } catch (IOException failure) {
      throw refused(name, "a file that can be copied to " + target, failure);
    }
  }

  /** Copies a file of this machine to the folder, completely or not at all. */
  void store(Path source, String name) {
    try {
      org.apache.hadoop.fs.Path file = path(name);
      FileSystem system = system(file);
      org.apache.hadoop.fs.Path unfinished =
          new org.apache.hadoop.fs.Path(file.getParent(), unfinished(file.getName()));
      try {
        try (var content = system.create(unfinished, true)) {
          Files.copy(source, content);
        }
        new Rename(system, unfinished, file).replacing();
      } finally {
        system.delete(unfinished, false);
      }
    } catch (IOException failure) {
      throw refused(name, "a file that can be written", failure);
    }
  }

  private static String unfinished(String name) {
    return UNFINISHED + name + "." + UUID.randomUUID();
  }

  private org.apache.hadoop.fs.Path path() {
    return new org.apache.hadoop.fs.Path(uri);
  }

  private org.apache.hadoop.fs.Path path(String name) {
    return new org.apache.hadoop.fs.Path(path(), name);
  }

  private FileSystem system(org.apache.hadoop.fs.Path path) throws IOException {
    return path.getFileSystem(settings.value());
  }

  private InvalidInputException refused(String expected, Exception failure) {
    return refused("", expected, failure);
  }

  private InvalidInputException refused(String name, String expected, Exception failure) {
    String reason = FailureReason.of(failure).lines().findFirst().orElse("");
    return new InvalidInputException(
        null, name.isEmpty() ? uri : uri + "/" + name, expected, reason, "", failure);
  }

  /** The URI. */
  @Override
  public String toString() {
    return uri;
  }
}
