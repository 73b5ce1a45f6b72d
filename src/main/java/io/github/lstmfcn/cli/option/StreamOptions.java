package io.github.lstmfcn.cli.option;

import io.github.lstmfcn.data.Split;
import picocli.CommandLine.Option;

/** Options of commands that classify the series of a file, one after another. */
public final class StreamOptions {
  @Option(
      names = "--truncate",
      description = "Truncate series that are longer than the model's input.")
  public boolean truncate;

  @Option(
      names = "--split",
      paramLabel = "SPLIT",
      converter = NamedValues.Splits.class,
      completionCandidates = NamedValues.Splits.class,
      description = "Split of a .npz file that has both: ${COMPLETION-CANDIDATES}.")
  public Split split;
}
