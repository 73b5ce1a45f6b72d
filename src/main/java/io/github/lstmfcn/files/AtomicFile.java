package io.github.lstmfcn.files;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.text.FailureReason;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Replaces a file atomically. If the path is a symbolic link, the file that it points to is
 * replaced, not the link; a pipe or a device cannot be replaced and is written to.
 */
public final class AtomicFile {

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
   * Writes the content to a new file beside the target, forces it to disk and moves it over the
   * target. On failure the target is unchanged and no other file is left beside it.
   *
   * @param target the file to replace or to create
   * @param content writes the file
   * @throws InvalidInputException if the file cannot be written, with the system's reason
   */
  public static void write(Path target, Content content) {
    if (Files.exists(target) && !Files.isRegularFile(target) && !Files.isDirectory(target)) {
      pour(content, target);
      return;
    }
    Path absolute = behindLinks(target.toAbsolutePath());
    Path temporary =
        absolute.resolveSibling("." + absolute.getFileName() + "." + UUID.randomUUID());
    try {
      if (Files.isDirectory(absolute)) {
        throw new InvalidInputException(target, "", "a file to write", "a folder", "name a file");
      }
      content.writeTo(temporary);
      try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(
          temporary, absolute, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (InvalidInputException known) {
      throw known;
    } catch (IOException | RuntimeException failure) {
      Path folder = absolute.getParent();
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

  private static Path behindLinks(Path absolute) {
    try {
      return Files.isSymbolicLink(absolute) && Files.exists(absolute)
          ? absolute.toRealPath()
          : absolute;
    } catch (IOException brokenLink) {
      return absolute; // the write that follows reports the reason
    }
  }

  /** Writes to a pipe or a device. */
  private static void pour(Content content, Path target) {
    try {
      Path folder = Files.createTempDirectory("lstmfcn");
      Path whole = folder.resolve("content");
      try (OutputStream out = Files.newOutputStream(target)) {
        content.writeTo(whole);
        Files.copy(whole, out);
      } finally {
        delete(whole);
        delete(folder);
      }
    } catch (IOException failure) {
      throw new InvalidInputException(
          target,
          "",
          "a pipe or device that can be written",
          FailureReason.of(failure),
          "",
          failure);
    }
  }

  private static void delete(Path temporary) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException leftBehind) {
      temporary.toFile().deleteOnExit();
    }
  }
}
