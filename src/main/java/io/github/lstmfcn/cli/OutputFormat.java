package io.github.lstmfcn.cli;

import picocli.CommandLine.Option;

/** At most one of {@code --json} and {@code --csv}; text without. */
final class OutputFormat {
  @Option(names = "--json", required = true, description = "Print JSON.")
  boolean json;

  @Option(names = "--csv", required = true, description = "Print comma-separated values.")
  boolean csv;
}
