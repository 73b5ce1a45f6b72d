package io.github.lstmfcn.cli.option;

import io.github.lstmfcn.data.Normalization;
import picocli.CommandLine.Option;

/** How series are scaled. */
final class NormalizeOption {
  @Option(
      names = "--normalize",
      paramLabel = "HOW",
      converter = NamedValues.Normalizations.class,
      completionCandidates = NamedValues.Normalizations.class,
      description =
          "Scaling of the series: ${COMPLETION-CANDIDATES}. train takes mean and deviation from the "
              + "dataset's TRAIN file. Default: that of the model or of the recipe, else none.")
  Normalization normalization;
}
