package io.github.lstmfcn.cli.option;

import io.github.lstmfcn.files.AtomicFile;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** The option that allows a command to replace the files that it is told to write. */
public final class ForceOption {
  @Option(
      names = "--force",
      description =
          "Replace an existing file. A file that the command reads is never replaced; a pipe or a "
              + "device is written to; of a symbolic link the file that it leads to is written.")
  boolean force;

  /** Whether existing files may be replaced. */
  public boolean isSet() {
    return force;
  }

  /**
   * Checks that a file may be written, before anything is computed.
   *
   * @param output the file, with the option that names it
   * @param inputs the files that the command reads, and the folders of models
   * @throws io.github.lstmfcn.error.InvalidInputException if it is an input, or exists and may not
   *     be replaced
   */
  public void check(Output output, List<Path> inputs) {
    output.expectNoneOf(inputs);
    AtomicFile.check(output.path(), force);
  }
}
