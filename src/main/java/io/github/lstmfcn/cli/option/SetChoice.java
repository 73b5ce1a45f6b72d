package io.github.lstmfcn.cli.option;

import java.nio.file.Path;
import picocli.CommandLine;

/** Which set of a folder is meant. */
public final class SetChoice {

  private SetChoice() {}

  /**
   * The set that was named, or the only one.
   *
   * @throws CommandLine.ParameterException if none was named and there are several
   */
  public static String of(String named, DataFiles files, Path data, CommandLine command) {
    if (named != null) {
      return named;
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
