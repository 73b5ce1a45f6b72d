package io.github.lstmfcn.export;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.text.FailureReason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Replaces a folder atomically.
 *
 * @param target the folder
 * @param overwrite whether an existing folder that is not empty may be replaced
 */
public record FolderReplacement(Path target, boolean overwrite) {

  /** Writes the content of a folder and returns a result. */
  @FunctionalInterface
  public interface Content<T> {
    T writeTo(Path folder) throws IOException;
  }

  /**
   * Writes the content into a new folder and moves it to the target. On failure the target is
   * unchanged.
   */
  public <T> T write(Content<T> content) {
    Path absolute = target.toAbsolutePath().normalize();
    String suffix = "." + UUID.randomUUID();
    Path fresh = absolute.resolveSibling("." + absolute.getFileName() + suffix);
    Path old = absolute.resolveSibling("." + absolute.getFileName() + suffix + ".old");
    try {
      refuseWhatMayNotBeReplaced(absolute);
      if (absolute.getParent() != null) {
        Files.createDirectories(absolute.getParent());
      }
      T result = content.writeTo(Files.createDirectory(fresh));
      force(fresh);
      if (Files.exists(absolute)) {
        Files.move(absolute, old, StandardCopyOption.ATOMIC_MOVE);
      }
      Files.move(fresh, absolute, StandardCopyOption.ATOMIC_MOVE);
      delete(old);
      return result;
    } catch (InvalidInputException known) {
      boolean fresher = known.source() != null && known.source().startsWith(fresh);
      throw fresher ? known.of(target) : known;
    } catch (IOException | RuntimeException failure) {
      throw new InvalidInputException(
          target,
          "",
          "a folder that can be written",
          FailureReason.ofCreating(failure).replace(fresh.toString(), target.toString()),
          "nothing was changed",
          failure);
    } finally {
      putBack(old, absolute);
      delete(fresh);
    }
  }

  private void refuseWhatMayNotBeReplaced(Path absolute) throws IOException {
    if (Files.exists(absolute) && !Files.isDirectory(absolute)) {
      throw new InvalidInputException(target, "", "a folder to write", "a file", "name another");
    }
    if (!Files.isDirectory(absolute) || isEmpty(absolute)) {
      return;
    }
    if (!overwrite) {
      throw new InvalidInputException(
          target,
          "",
          "a new folder",
          "one that exists and is not empty",
          "use --force to replace it");
    }
    if (!SavedModel.isAt(absolute)) {
      throw new InvalidInputException(
          target,
          "",
          "a SavedModel to replace",
          "a folder with other content",
          "--force replaces SavedModels only; name another folder");
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      return children.findAny().isEmpty();
    }
  }

  private static void force(Path folder) throws IOException {
    for (Path file : contents(folder)) {
      if (Files.isRegularFile(file)) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
          channel.force(true);
        }
      }
    }
  }

  private static void putBack(Path old, Path absolute) {
    try {
      if (Files.exists(old) && !Files.exists(absolute)) {
        Files.move(old, absolute, StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (IOException stuck) {
      throw new InvalidInputException(
          absolute,
          "",
          "the old folder moved back",
          FailureReason.of(stuck),
          "it is in " + old,
          stuck);
    }
  }

  private static void delete(Path folder) {
    try {
      for (Path path : contents(folder)) {
        Files.deleteIfExists(path);
      }
    } catch (DirectoryNotEmptyException raced) {
      return;
    } catch (IOException leftBehind) {
      folder.toFile().deleteOnExit();
    }
  }

  /** Children before their folder. */
  private static List<Path> contents(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(folder)) {
      return all.sorted(Comparator.reverseOrder()).toList();
    }
  }
}
