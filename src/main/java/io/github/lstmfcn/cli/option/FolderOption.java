package io.github.lstmfcn.cli.option;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.text.FailureReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** The option for the folder of a command's pictures, pages and tables. */
public final class FolderOption {
  @CommandLine.Spec(CommandLine.Spec.Target.MIXEE)
  CommandLine.Model.CommandSpec command;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Folder to write to; it is created if needed, and files of the same names are "
              + "replaced. Default: a folder named like the command.")
  private Path folder;

  /**
   * Creates the folder if needed.
   *
   * @return the folder
   * @throws InvalidInputException if it cannot be created
   */
  public Path make() {
    Path named = folder == null ? Path.of(command.name()) : folder;
    try {
      return Files.createDirectories(named);
    } catch (IOException e) {
      throw new InvalidInputException(
          named, "", "a folder that can be created", FailureReason.of(e), "", e);
    }
  }
}
