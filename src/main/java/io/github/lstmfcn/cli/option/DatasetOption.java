package io.github.lstmfcn.cli.option;

import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** The option that names a dataset of a folder. */
public final class DatasetOption {
  @Option(
      names = "--set",
      paramLabel = "NAME",
      description = "Name of the dataset, needed if the folder contains several.")
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
          "--set: expected one of the datasets of %s, found none; it has %s"
              .formatted(data, String.join(", ", files.names())));
    }
    return files.names().get(0);
  }
}
