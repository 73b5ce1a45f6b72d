package io.github.lstmfcn;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lstmfcn.error.InvalidInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Files of any bytes, and what a reader may do with them: answer, or refuse them in one line. */
public final class Fuzzed {
  private static final int LONGEST_LINE = 500;
  private static final int LARGEST_SEED = 100_000;

  private Fuzzed() {}

  /** A way to read a file. */
  @FunctionalInterface
  public interface Reader {
    void read(Path file);
  }

  /**
   * Writes a file of the given name in a folder of its own and gives it to the reader; fails if the
   * reader throws anything but a refusal of one line.
   */
  public static void read(String name, byte[] bytes, Reader reader) {
    try {
      Path file = Folder.PATH.resolve(name);
      Files.createDirectories(file.getParent());
      Files.write(file, bytes);
      refusing(() -> reader.read(file));
    } catch (IOException full) {
      throw new UncheckedIOException(full);
    }
  }

  /** Runs a reader; fails if it throws anything but a refusal of one line. */
  public static void refusing(Runnable reader) {
    try {
      reader.run();
    } catch (InvalidInputException refused) {
      assertThat(refused.getMessage())
          .hasSizeLessThanOrEqualTo(LONGEST_LINE)
          .doesNotContainPattern("[\\p{Cntrl}&&[^\\t]]");
    }
  }

  /** The files below a folder whose names end in one of the endings, without large ones. */
  public static Stream<byte[]> seeds(Path folder, String... endings) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> Stream.of(endings).anyMatch(file.toString()::endsWith))
          .filter(file -> file.toFile().length() <= LARGEST_SEED)
          .sorted()
          .map(Fuzzed::bytes)
          .toList()
          .stream();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** The content of a file. */
  public static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** A folder that is made when the first file is written. */
  private static final class Folder {
    static final Path PATH = create();

    private static Path create() {
      try {
        Path folder = Files.createTempDirectory("fuzzed");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
        return folder;
      } catch (IOException full) {
        throw new UncheckedIOException(full);
      }
    }

    private static void delete(Path folder) {
      try (Stream<Path> all = Files.walk(folder)) {
        all.sorted(java.util.Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
      } catch (IOException leftBehind) {
        folder.toFile().deleteOnExit();
      }
    }
  }
}
