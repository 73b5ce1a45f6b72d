package io.github.lstmfcn.cli;

import io.github.lstmfcn.data.Dataset;
import io.github.lstmfcn.data.DatasetFile;
import io.github.lstmfcn.data.InvalidInputException;
import io.github.lstmfcn.data.LabelEncoding;
import io.github.lstmfcn.data.Normalization;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What turns raw series into a model's input, and its classes into labels. */
final class InputOptions {
  @Option(
      names = "--normalize",
      paramLabel = "HOW",
      defaultValue = "none",
      converter = NamedValues.Normalizations.class,
      completionCandidates = NamedValues.Normalizations.class,
      description =
          "Scaling of each series: ${COMPLETION-CANDIDATES}; train needs --train. "
              + "Default: ${DEFAULT-VALUE}.")
  Normalization normalization;

  @Option(
      names = "--train",
      paramLabel = "FILE",
      description =
          "The set's TRAIN file: its labels, sorted, name the classes, and --normalize train takes "
              + "mean and deviation from it.")
  Path train;

  @Option(
      names = "--labels",
      paramLabel = "LABEL",
      split = ",",
      description = "Labels of the classes in their order, separated by commas.")
  List<String> labels = List.of();

  Optional<Dataset> trainSet() {
    if (normalization == Normalization.TRAIN && train == null) {
      throw new InvalidInputException(
          null, "--normalize train", "--train FILE with it", "none", "name the set's TRAIN file");
    }
    return Optional.ofNullable(train).map(DatasetFile::read);
  }

  /** The labels that were given or are in TRAIN; empty if neither. */
  List<String> labels(Optional<Dataset> trainSet) {
    return labels.isEmpty()
        ? trainSet.map(data -> LabelEncoding.SORTED.fit(data).names()).orElse(List.of())
        : labels;
  }
}
