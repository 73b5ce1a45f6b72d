package io.github.lstmfcn.cli;

import io.github.lstmfcn.data.Dataset;
import io.github.lstmfcn.data.DatasetFile;
import io.github.lstmfcn.data.InvalidInputException;
import io.github.lstmfcn.data.LabelEncoding;
import io.github.lstmfcn.data.Normalization;
import io.github.lstmfcn.data.Preparation;
import io.github.lstmfcn.data.Split;
import io.github.lstmfcn.data.UcrArchive;
import io.github.lstmfcn.evaluation.ScoredSplit;
import io.github.lstmfcn.training.RunDescription;
import io.github.lstmfcn.training.TrainingRun;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Which labelled series a command works on, and how they become a model's input. */
final class SetOptions {
  @CommandLine.Spec(CommandLine.Spec.Target.MIXEE)
  CommandLine.Model.CommandSpec command;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR|FILE",
      description = "A folder of UCR sets, or one file of a set.")
  Path data;

  @Option(names = "--set", paramLabel = "NAME", description = "The set, if the folder has several.")
  String set;

  @Option(
      names = "--split",
      paramLabel = "HALF",
      converter = NamedValues.Splits.class,
      completionCandidates = NamedValues.Splits.class,
      description = "${COMPLETION-CANDIDATES}. Default: what a file's name says, else test.")
  Split split;

  @Option(
      names = "--normalize",
      paramLabel = "HOW",
      defaultValue = "none",
      converter = NamedValues.Normalizations.class,
      completionCandidates = NamedValues.Normalizations.class,
      description =
          "Scaling of the series: ${COMPLETION-CANDIDATES}. train takes mean and deviation from the "
              + "set's TRAIN file. Default: what a training had, else ${DEFAULT-VALUE}.")
  Normalization normalization;

  @Option(
      names = "--labels",
      paramLabel = "ENCODING",
      defaultValue = "sorted",
      converter = NamedValues.Encodings.class,
      completionCandidates = NamedValues.Encodings.class,
      description =
          "How labels become classes: ${COMPLETION-CANDIDATES}. upstream reproduces the original, "
              + "which merges some labels. Default: what a training had, else ${DEFAULT-VALUE}.")
  LabelEncoding encoding;

  @Option(names = "--truncate", description = "Cut series that are longer than the model.")
  boolean truncate;

  /**
   * One half of a set.
   *
   * @param split which
   * @param data its series
   * @param other the other half, if it is there
   */
  record Half(Split split, Dataset data, Optional<Dataset> other) {

    /**
     * The TRAIN half.
     *
     * @param asking the option that needs it, for the message
     * @throws InvalidInputException if it is not there
     */
    Dataset train(String asking) {
      return split == Split.TRAIN
          ? data
          : other.orElseThrow(
              () ->
                  new InvalidInputException(
                      data.source(),
                      asking,
                      "the set's TRAIN file beside it",
                      "none",
                      "copy it there"));
    }
  }

  /**
   * Reads the half that the options name.
   *
   * @throws CommandLine.ParameterException if they leave open which set
   * @throws InvalidInputException if it cannot be read
   */
  Half read() {
    UcrArchive archive = UcrArchive.open(data);
    String name = SetChoice.of(set, archive, data, command.commandLine());
    Split half = split == null ? halfOf(archive, name) : split;
    return new Half(
        half, archive.read(name, half), archive.find(name, half.other()).map(DatasetFile::read));
  }

  /** The half that {@code --data} names, if it is a file of one. */
  private Split halfOf(UcrArchive archive, String name) {
    return archive.find(name, Split.TRAIN).filter(data::equals).isPresent()
        ? Split.TRAIN
        : Split.TEST;
  }

  /**
   * Has what was not given as the trainings among some models have it.
   *
   * @param models files, SavedModels or folders of trainings
   * @throws InvalidInputException if they do not agree; names one
   */
  void follow(List<Path> models) {
    normalization =
        setting("--normalize", models, run -> run.recipe().normalization(), normalization);
    encoding = setting("--labels", models, run -> run.recipe().labelEncoding(), encoding);
  }

  private <T extends Enum<T>> T setting(
      String option, List<Path> models, Function<RunDescription, T> ofRun, T own) {
    if (command.commandLine().getParseResult().hasMatchedOption(option)) {
      return own;
    }
    T first = TrainingRun.describe(models.get(0)).map(ofRun).orElse(own);
    for (Path model : models) {
      T next = TrainingRun.describe(model).map(ofRun).orElse(own);
      if (!next.equals(first)) {
        throw new InvalidInputException(
            model,
            option,
            NamedValues.name(first) + ", as " + models.get(0) + " has it",
            NamedValues.name(next),
            "give one for all with " + option);
      }
    }
    return first;
  }

  /** The half with the classes that its labels mean. */
  ScoredSplit labelled(Half half) {
    return ScoredSplit.of(half.data(), half.other().orElse(null), encoding);
  }

  /**
   * How the series become the input of a model of a length.
   *
   * @throws InvalidInputException if TRAIN is needed and not there
   */
  Preparation preparation(Half half, int length) {
    Dataset train = normalization == Normalization.TRAIN ? half.train("--normalize train") : null;
    return Preparation.of(normalization, length, truncate, train);
  }
}
