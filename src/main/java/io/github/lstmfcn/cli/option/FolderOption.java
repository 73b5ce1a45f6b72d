package io.github.lstmfcn.cli.option;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.text.FailureReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Where a command writes its pictures, pages and tables. */
public final class FolderOption {
  @CommandLine.Spec(CommandLine.Spec.Target.MIXEE)
  CommandLine.Model.CommandSpec command;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "The folder to write to; it is made if need be, and files of the same names are replaced. "
              + "Default: one named like the command.")
  private Path folder;

  /**
   * The folder, which is there now.
   *
   * @throws InvalidInputException if it cannot be made
   */
  public Path make() {
    Path named = folder == null ? Path.of(command.name()) : folder;
    try {
      return Files.createDirectories(named);
    } catch (IOException e) {
      throw new InvalidInputException(
          named, "", "a folder that can be made", FailureReason.of(e), "", e);
    }
  }
}
