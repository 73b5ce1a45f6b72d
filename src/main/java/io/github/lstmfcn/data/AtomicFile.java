package io.github.lstmfcn.data;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Replaces a file at once or not at all. */
public final class AtomicFile {

  private AtomicFile() {}

  /** Fills a file that does not exist yet. */
  @FunctionalInterface
  public interface Content {
    /** Writes the whole file. */
    void writeTo(Path file) throws IOException;
  }

  /**
   * Has the content written to a new file beside the target, forces it to the disk and moves it
   * over the target. On failure the target is as it was, and nothing is left beside it.
   *
   * @throws InvalidInputException if it cannot be written, with the system's reason
   */
  public static void write(Path target, Content content) {
    Path absolute = target.toAbsolutePath();
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
              : Reason.of(failure).replace(temporary.toString(), target.toString());
      throw new InvalidInputException(
          target, "", "a file that can be written", found, "nothing was changed", failure);
    } finally {
      delete(temporary);
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
