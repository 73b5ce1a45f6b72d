package io.github.lstmfcn.cli.option;

import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Which dataset of a folder is meant. */
public final class DatasetOption {
  @Option(
      names = "--set",
      paramLabel = "NAME",
      description = "Name of the dataset, if the folder has several.")
  String set;

  /**
   * The dataset that was named, or the only one.
   *
   * @param data the folder, for the message
   * @throws CommandLine.ParameterException if none was named and there are several
   */
  public String choose(DataFiles files, Path data, CommandLine command) {
    if (set != null) {
      return set;
    }
    if (files.names().size() != 1) {
      throw new CommandLine.ParameterException(
          command,
          "--set: expected one of the sets of %s, found none; it has %s"
              .formatted(data, String.join(", ", files.names())));
    }
    return files.names().get(0);
  }
}
