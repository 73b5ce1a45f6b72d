package io.github.lstmfcn.cli.option;

import picocli.CommandLine.Option;

/** At most one of {@code --json} and {@code --csv}; text without. */
public final class OutputFormat {
  @Option(names = "--json", required = true, description = "Print JSON.")
  public boolean json;

  @Option(names = "--csv", required = true, description = "Print comma-separated values.")
  public boolean csv;
}
