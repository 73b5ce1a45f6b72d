package io.github.lstmfcn.cli.option;

import io.github.lstmfcn.error.InvalidInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A file that a command is to write, and replaces if it exists.
 *
 * @param option the option that names it
 * @param file the file
 */
public record OutputFile(String option, Path file) {

  /**
   * Checks that the file is none that the command reads.
   *
   * @param inputs files and folders that the command reads
   * @throws InvalidInputException if it is one of the inputs, or exists in one of the folders
   */
  public void expectNoneOf(List<Path> inputs) {
    if (!Files.isRegularFile(file)) {
      return;
    }
    for (Path input : inputs) {
      try {
        if (Files.exists(input) && file.toRealPath().startsWith(input.toRealPath())) {
          throw new InvalidInputException(
              file,
              option,
              "a file that the command does not read",
              "one of " + input,
              "name another");
        }
      } catch (IOException unreachable) {
        throw new UncheckedIOException(unreachable);
      }
    }
  }
}
