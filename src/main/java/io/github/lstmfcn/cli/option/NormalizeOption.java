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
          "Normalisation of the series: ${COMPLETION-CANDIDATES}. train and upstream take mean "
              + "and standard deviation from the dataset's TRAIN file, per variable or over all of "
              + "them; pooled takes them from TRAIN and TEST, which is a leak. Default: that of the "
              + "model or of the recipe, else none.")
  Normalization normalization;
}
