package io.github.lstmfcn.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Folders whose entries survive a crash of the machine. */
public final class DurableFolder {

  private DurableFolder() {}

  /**
   * Creates a folder and those above it, as far as they are missing, and forces their entries to
   * disk.
   *
   * @param folder the folder, which may exist
   * @return the folder
   * @throws IOException if it cannot be created
   */
  public static Path create(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return folder;
    }
    Path parent = folder.toAbsolutePath().getParent();
    if (parent != null) {
      create(parent);
    }
    try {
      Files.createDirectory(folder);
    } catch (FileAlreadyExistsException there) {
      if (!Files.isDirectory(folder)) {
        throw there;
      }
    }
    if (parent != null) {
      force(parent);
    }
    return folder;
  }

  /**
   * Forces the entries of a folder to disk: which files it has, not what they contain. Systems that
   * cannot do that for a folder, as Windows and some network file systems, are left to do it in
   * their own time.
   *
   * @param folder the folder
   */
  public static void force(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException notForFolders) {
      // The files themselves are on the disk, and nothing of theirs is wrong.
    }
  }

  /** Forces the content of a file to disk. */
  static void forceFile(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }
}
