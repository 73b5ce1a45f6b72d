package io.github.lstmfcn.cli.option;

import io.github.lstmfcn.data.Normalization;
import picocli.CommandLine.Option;

/** The option for the normalisation of series. */
final class NormalizeOption {
  @Option(
      names = "--normalize",
      paramLabel = "HOW",
      converter = NamedValues.Normalizations.class,
      completionCandidates = NamedValues.Normalizations.class,
      description =
          "Normalisation of the series: ${COMPLETION-CANDIDATES}. train takes mean and "
              + "standard deviation from the dataset's TRAIN file. Default: that of the model or of "
              + "the recipe, else none.")
  Normalization normalization;
}
