package io.github.lstmfcn.cli;

import io.github.lstmfcn.data.Dataset;
import io.github.lstmfcn.data.DatasetFile;
import io.github.lstmfcn.data.InvalidInputException;
import io.github.lstmfcn.data.LabelEncoding;
import io.github.lstmfcn.data.Normalization;
import io.github.lstmfcn.training.RunDescription;
import io.github.lstmfcn.training.TrainingRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** What turns raw series into a model's input, and its classes into labels. */
final class InputOptions {
  @CommandLine.Spec(CommandLine.Spec.Target.MIXEE)
  CommandLine.Model.CommandSpec command;

  @Option(
      names = "--normalize",
      paramLabel = "HOW",
      defaultValue = "none",
      converter = NamedValues.Normalizations.class,
      completionCandidates = NamedValues.Normalizations.class,
      description =
          "Scaling of the series: ${COMPLETION-CANDIDATES}. train takes mean and deviation from "
              + "--train. Default: what a training had, else ${DEFAULT-VALUE}.")
  Normalization normalization;

  @Option(
      names = "--train",
      paramLabel = "FILE",
      description =
          "The set's TRAIN file: its labels, sorted, name the classes, and --normalize train takes "
              + "mean and deviation from it. Default: that of a training, if it is still there.")
  Path train;

  private LabelEncoding encoding = LabelEncoding.SORTED;

  @Option(
      names = "--labels",
      paramLabel = "LABEL",
      split = ",",
      description = "Labels of the classes in their order, separated by commas.")
  List<String> labels = List.of();

  /**
   * Has what was not given as a model's training has it.
   *
   * @param model a file, a SavedModel or the folder of a training
   * @throws InvalidInputException if the training's TRAIN file has changed since
   */
  void follow(Path model) {
    TrainingRun.describe(model).ifPresent(this::follow);
  }

  private void follow(RunDescription run) {
    if (!command.commandLine().getParseResult().hasMatchedOption("--normalize")) {
      normalization = run.recipe().normalization();
    }
    if (train == null && Files.isRegularFile(run.train().file())) {
      run.train().check("name the file as it was with --train");
      train = run.train().file();
      encoding = run.recipe().labelEncoding();
    }
  }

  /** TRAIN, if it is named. */
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
        ? trainSet.map(data -> encoding.fit(data).names()).orElse(List.of())
        : labels;
  }
}
