package io.github.lstmfcn.cli.option;

import picocli.CommandLine.Option;

/** At most one of {@code --json} and {@code --csv}; plain text without them. */
public final class OutputFormat {
  @Option(names = "--json", required = true, description = "Print the result as JSON.")
  public boolean json;

  @Option(
      names = "--csv",
      required = true,
      description = "Print the result as comma-separated values.")
  public boolean csv;
}
