package io.github.lstmfcn.cli.option;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.text.FailureReason;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A file or folder that a command is to write.
 *
 * @param option the option that names it
 * @param path its path
 */
public record Output(String option, Path path) {
  /** The depth at which a second name of the file is looked for: models have folders of folders. */
  private static final int DEPTH = 3;

  /**
   * Checks that the command does not read what it is to write: that it is none of the inputs, by
   * whatever link or second name, contains none and is in none.
   *
   * @param inputs the files that the command reads, and the folders of models
   * @throws InvalidInputException if it is one of the inputs
   */
  public void expectNoneOf(List<Path> inputs) {
    if (!Files.exists(path)) {
      return;
    }
    for (Path input : inputs) {
      try {
        if (Files.exists(input) && isPartOf(input)) {
          throw new InvalidInputException(
              path,
              option,
              "a %s that the command does not read"
                  .formatted(Files.isDirectory(path) ? "folder" : "file"),
              "one of " + input,
              "name another");
        }
      } catch (IOException unreachable) {
        throw new InvalidInputException(
            input,
            "",
            "a path that can be read",
            FailureReason.of(unreachable),
            "name another",
            unreachable);
      }
    }
    if (Files.isDirectory(path)) {
      expectNoLinksTo(inputs);
    }
  }

  /**
   * Checks that no link in the folder that the command is to write leads to a file that it reads:
   * what is written to the link would replace that file.
   *
   * @param inputs the files that the command reads, and the folders of models
   * @throws InvalidInputException if a link leads to one of the inputs
   */
  private void expectNoLinksTo(List<Path> inputs) {
    try {
      Files.walkFileTree(
          path,
          Set.of(),
          DEPTH,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes found) {
              if (found.isSymbolicLink() && Files.isRegularFile(file)) {
                new Output(option, file).expectNoneOf(inputs);
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException unreadable) {
              return FileVisitResult.CONTINUE; // nor can it be written
            }
          });
    } catch (IOException unreadable) {
      throw new InvalidInputException(
          path,
          option,
          "a folder that can be read",
          FailureReason.of(unreadable),
          "name another",
          unreadable);
    }
  }

  private boolean isPartOf(Path input) throws IOException {
    if (Files.isSameFile(path, input)) {
      return true;
    }
    if (Files.isDirectory(path)) {
      return input.toRealPath().startsWith(path.toRealPath());
    }
    return Files.isRegularFile(path) && Files.isDirectory(input) && isIn(input);
  }

  private boolean isIn(Path folder) throws IOException {
    if (path.toRealPath().startsWith(folder.toRealPath())) {
      return true;
    }
    try (Stream<Path> files = Files.walk(folder, DEPTH)) {
      for (Path file : files.toList()) {
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.isSameFile(path, file)) {
          return true;
        }
      }
    }
    return false;
  }
}
