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
          "Folder to write, new or empty; its parent is created if needed. Default: a folder "
              + "named like the command.")
  private Path folder;

  @Option(
      names = "--force",
      description =
          "Replace the folder as a whole if it exists. A folder with a file that this command does "
              + "not write is never replaced, nor one with a file that it reads.")
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
