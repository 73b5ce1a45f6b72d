package io.github.lstmfcn.files;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.text.FailureReason;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Creates or replaces a file atomically. If the path is a symbolic link, the file that it leads to
 * is written, not the link. A pipe or a device for characters is written to and stays what it is; a
 * disk or a socket is refused.
 */
public final class AtomicFile {
  /** The name of standard output among the open files of a process. */
  private static final String STANDARD_OUTPUT = "1";

  private AtomicFile() {}

  /** Writes the content of a file. */
  @FunctionalInterface
  public interface Content {
    /**
     * Writes the whole file.
     *
     * @param file a file that does not exist yet
     * @throws IOException if it cannot be written
     */
    void writeTo(Path file) throws IOException;
  }

  /**
   * Creates or replaces a file. The content is written to a new file beside the target, forced to
   * disk and moved over the target, whose permissions it takes. On failure the target is unchanged
   * and no other file is left beside it; what a killed process has left is deleted.
   *
   * @param target the file to replace or to create
   * @param content writes the file
   * @throws InvalidInputException if the file cannot be written, with the system's reason
   */
  public static void write(Path target, Content content) {
    write(target, true, content);
  }

  /**
   * Creates a file as {@link #write(Path, Content)} does, or replaces it if that is allowed; else a
   * file is not replaced even if it appears while the content is written.
   *
   * @param target the file to create
   * @param replace whether an existing file may be replaced
   * @param content writes the file
   * @throws InvalidInputException if the file exists and may not be replaced, or cannot be written
   */
  public static void write(Path target, boolean replace, Content content) {
    Destination destination = Destination.of(target);
    check(target, destination, replace);
    if (destination.kind() == Destination.Kind.STREAM) {
      pour(content, target, destination.path());
      return;
    }
    Path file = destination.path();
    Path temporary = WorkingName.beside(file);
    try {
      WorkingName.sweep(file);
      content.writeTo(temporary);
      finish(target, temporary, file, replace);
    } catch (InvalidInputException known) {
      throw known;
    } catch (IOException | RuntimeException failure) {
      Path folder = file.getParent();
      String found =
          folder != null && !Files.isDirectory(folder)
              ? "no folder " + folder
              : FailureReason.ofCreating(failure).replace(temporary.toString(), target.toString());
      throw new InvalidInputException(
          target, "", "a file that can be written", found, "nothing was changed", failure);
    } finally {
      delete(temporary);
    }
  }

  /**
   * Checks that a file can be created, or replaced, as far as that can be told before it is
   * written.
   *
   * @param target the file
   * @param replace whether an existing file may be replaced
   * @throws InvalidInputException if the target is a folder, a disk or a socket, or it exists and
   *     must not be replaced
   */
  public static void check(Path target, boolean replace) {
    check(target, Destination.of(target), replace);
  }

  private static void check(Path target, Destination destination, boolean replace) {
    switch (destination.kind()) {
      case FOLDER ->
          throw new InvalidInputException(target, "", "a file to write", "a folder", "name a file");
      case OTHER ->
          throw new InvalidInputException(
              target, "", "a file to write", "a disk or a socket", "name a file");
      case FILE -> {
        if (!replace) {
          throw existing(target);
        }
      }
      default -> {}
    }
  }

  /**
   * Whether a file or folder is one that this program is writing, or that a killed process has left
   * behind: it is deleted by the next one that writes to the same target.
   *
   * @param path the file or folder
   * @return whether its name says so
   */
  public static boolean isUnfinished(Path path) {
    return WorkingName.is(path);
  }

  private static InvalidInputException existing(Path target) {
    return new InvalidInputException(
        target, "", "a new file", "an existing one", "use --force to replace it, or name another");
  }

  /** Puts the complete file into its place. */
  private static void finish(Path target, Path temporary, Path file, boolean replace)
      throws IOException {
    DurableFolder.forceFile(temporary);
    Destination now = Destination.of(target); // another program may have changed it meanwhile
    check(target, now, replace);
    if (now.kind() == Destination.Kind.STREAM) {
      try (OutputStream out = stream(now.path())) {
        Files.copy(temporary, out);
      }
      return;
    }
    if (!now.path().equals(file)) {
      throw new InvalidInputException(
          target, "", "a path that leads to " + file, "one to " + now.path(), "repeat the command");
    }
    if (now.kind() == Destination.Kind.FILE) {
      FileRights.copy(file, temporary);
    }
    if (replace) {
      move(temporary, file);
    } else {
      appear(target, temporary, file);
    }
    DurableFolder.force(file.getParent());
  }

  /** A second name fails if the file exists, which a move cannot be told to do. */
  private static void appear(Path target, Path temporary, Path file) throws IOException {
    try {
      Files.createLink(file, temporary);
    } catch (FileAlreadyExistsException meanwhile) {
      throw existing(target);
    } catch (IOException | UnsupportedOperationException noSecondNames) {
      if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        throw existing(target);
      }
      move(temporary, file);
    }
  }

  private static void move(Path temporary, Path file) throws IOException {
    Files.move(
        temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Writes to a pipe or a device. */
  private static void pour(Content content, Path target, Path stream) {
    Path shared = Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath();
    Path folder = WorkingName.in(shared, shared.resolve("stream"));
    try (OutputStream out = stream(stream)) {
      WorkingName.sweep(shared, shared.resolve("stream"));
      try {
        Path whole = privateFolder(folder).resolve("content");
        content.writeTo(whole);
        Files.copy(whole, out);
      } finally {
        delete(folder);
      }
    } catch (InvalidInputException known) {
      throw known;
    } catch (IOException | RuntimeException failure) {
      throw new InvalidInputException(
          target,
          "",
          "a pipe or device that can be written",
          FailureReason.of(failure),
          "",
          failure);
    }
  }

  private static Path privateFolder(Path folder) throws IOException {
    return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? Files.createDirectory(
            folder,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")))
        : Files.createDirectory(folder);
  }

  /**
   * Opens a pipe, a device or an open file of the process. Standard output is not opened again: a
   * second position in the file that it may lead to would overwrite what is printed.
   */
  private static OutputStream stream(Path path) throws IOException {
    boolean isOpen =
        Files.isSymbolicLink(path) && path.toString().endsWith("/fd/" + STANDARD_OUTPUT);
    return isOpen && isOurs(path)
        ? new Unclosed(FileDescriptor.out)
        : Files.newOutputStream(path, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
  }

  private static boolean isOurs(Path descriptor) {
    return descriptor.startsWith("/proc/" + ProcessHandle.current().pid())
        || descriptor.startsWith("/dev/fd");
  }

  /** Standard output, which stays open. */
  private static final class Unclosed extends FileOutputStream {
    Unclosed(FileDescriptor descriptor) {
      super(descriptor);
    }

    @Override
    public void close() {}
  }

  private static void delete(Path temporary) {
    try {
      WorkingName.delete(temporary);
    } catch (IOException leftBehind) {
      temporary.toFile().deleteOnExit();
    }
  }
}
