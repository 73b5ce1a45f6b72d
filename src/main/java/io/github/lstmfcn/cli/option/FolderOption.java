package io.github.lstmfcn.cli.option;

import io.github.lstmfcn.files.AtomicFolder;
import io.github.lstmfcn.files.FolderKind;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** The options for the folder of a command's pictures, pages and tables. */
public final class FolderOption {
  @CommandLine.Spec(CommandLine.Spec.Target.MIXEE)
  CommandLine.Model.CommandSpec command;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Folder to write to; it is created if needed. Default: a folder named like the command.")
  private Path folder;

  @Option(
      names = "--force",
      description =
          "Replace the files that this command has written to the folder before; a folder with "
              + "no other files is replaced as a whole, else the others stay. A file that the command "
              + "reads is never replaced.")
  private boolean force;

  /** The folder. */
  public Path path() {
    return folder == null ? Path.of(command.name()) : folder;
  }

  /**
   * Checks that the folder may be written, before anything is computed.
   *
   * @param kind the kind of folder that the command writes
   * @param inputs the files that the command reads, and the folders of models
   * @throws io.github.lstmfcn.error.InvalidInputException if it exists and may not be replaced
   */
  public void check(FolderKind kind, List<Path> inputs) {
    new Output("--out", path()).expectNoneOf(inputs);
    new AtomicFolder(path(), force, kind).check();
  }

  /**
   * Writes the folder as a whole.
   *
   * @param <T> the type of the result
   * @param kind the kind of folder that the command writes
   * @param content writes the files
   * @return what the content returned
   * @throws io.github.lstmfcn.error.InvalidInputException if it cannot be written
   */
  public <T> T write(FolderKind kind, AtomicFolder.Content<T> content) {
    return new AtomicFolder(path(), force, kind).write(content);
  }
}
