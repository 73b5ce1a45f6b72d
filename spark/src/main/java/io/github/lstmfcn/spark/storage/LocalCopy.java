package io.github.lstmfcn.spark.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileSystem;

/**
 * A file or folder of a Hadoop file system as this machine can read it: where it is if that is
 * here, else a copy that goes when it is closed.
 *
 * @param path the path on this machine
 * @param temporary the folder of the copy; null if there is none
 */
public record LocalCopy(Path path, Path temporary) implements AutoCloseable {

  /**
   * Copies a file or folder unless it is on this machine.
   *
   * @param system its file system
   * @param source its path
   * @throws IOException if it cannot be read
   */
  public static LocalCopy of(FileSystem system, org.apache.hadoop.fs.Path source)
      throws IOException {
    if ("file".equals(system.getScheme())) {
      return new LocalCopy(Path.of(source.toUri().getPath()), null);
    }
    LocalCopy folder = emptyFolder();
    try {
      Path copy = folder.path.resolve(source.getName());
      system.copyToLocalFile(false, source, new org.apache.hadoop.fs.Path(copy.toUri()), true);
      return new LocalCopy(copy, folder.temporary);
    } catch (IOException | RuntimeException unreadable) {
      folder.close();
      throw unreadable;
    }
  }

  /**
   * An empty folder, for files that are needed until it is closed.
   *
   * @throws IOException if it cannot be made
   */
  public static LocalCopy emptyFolder() throws IOException {
    Path folder = Files.createTempDirectory("lstmfcn");
    return new LocalCopy(folder, folder);
  }

  @Override
  public void close() throws IOException {
    if (temporary != null) {
      delete(temporary);
    }
  }

  /** Deletes a folder with what is in it. */
  public static void delete(Path folder) throws IOException {
    List<Path> all;
    try (Stream<Path> walk = Files.walk(folder)) {
      all = walk.sorted(Comparator.reverseOrder()).toList(); // what is in a folder before it
    }
    for (Path path : all) {
      Files.delete(path);
    }
  }
}
