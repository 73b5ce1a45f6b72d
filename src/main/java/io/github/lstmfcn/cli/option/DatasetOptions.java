package io.github.lstmfcn.cli.option;

import io.github.lstmfcn.LoadOptions;
import io.github.lstmfcn.Model;
import io.github.lstmfcn.data.ClassLabels;
import io.github.lstmfcn.data.Dataset;
import io.github.lstmfcn.data.LabelEncoding;
import io.github.lstmfcn.data.Normalization;
import io.github.lstmfcn.data.Split;
import io.github.lstmfcn.data.archive.DataSource;
import io.github.lstmfcn.data.archive.DatasetFile;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.evaluation.ScoredSplit;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which labelled series a command works on, and how they become a model's input. */
public final class DatasetOptions {
  @CommandLine.Spec(CommandLine.Spec.Target.MIXEE)
  CommandLine.Model.CommandSpec command;

  @Mixin public DataOptions source;

  @Mixin DatasetOption set;

  @Option(
      names = "--split",
      paramLabel = "HALF",
      converter = NamedValues.Splits.class,
      completionCandidates = NamedValues.Splits.class,
      description =
          "Which part: ${COMPLETION-CANDIDATES}. Says also what a single file is whose name does not. "
              + "Default: what a file's name says, else test.")
  Split split;

  @Mixin NormalizeOption normalize;

  @Mixin EncodingOption labels;

  @Option(names = "--truncate", description = "Cut series that are longer than the model.")
  boolean truncate;

  /**
   * One half of a set.
   *
   * @param split which
   * @param data its series
   * @param other the other half, if it is there
   */
  public record Half(Split split, Dataset data, Optional<Dataset> other) {

    /**
     * The TRAIN half.
     *
     * @param asking the option that needs it, for the message
     * @throws InvalidInputException if it is not there
     */
    public Dataset train(String asking) {
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
  public Half read() {
    DataFiles files = source.open(split);
    String name = set.choose(files, source.data, command.commandLine());
    Split half = split == null ? halfOf(files, name) : split;
    return new Half(
        half,
        files.source(name, half).read(),
        files.find(name, half.other()).map(DataSource::read));
  }

  /** The half that {@code --data} names, if it is a file of one. */
  private Split halfOf(DataFiles files, String name) {
    boolean named =
        DatasetFile.splitOf(source.data == null ? Path.of("") : source.data).isPresent();
    return named
            && files.find(name, Split.TRAIN).filter(of -> of.file().equals(source.data)).isPresent()
            && source.testSize == null
        ? Split.TRAIN
        : Split.TEST;
  }

  /**
   * What was given, the rest as a model's file says.
   *
   * @throws InvalidInputException if TRAIN is needed and not there
   */
  public LoadOptions options(Half half, ReadingOptions reading) {
    Dataset train =
        normalize.normalization == Normalization.TRAIN ? half.train("--normalize train") : null;
    return reading.options().toBuilder()
        .normalization(normalize.normalization)
        .train(train)
        .truncate(truncate)
        .build();
  }

  /**
   * How labels become classes: as given, else as the models were trained.
   *
   * @throws InvalidInputException if the models do not agree; names one
   */
  LabelEncoding encoding(List<Model> models) {
    Model first = models.get(0);
    for (Model model : models) {
      if (labels.encoding == null && model.labelEncoding() != first.labelEncoding()) {
        throw new InvalidInputException(
            model.source(),
            "--labels",
            NamedValues.name(first.labelEncoding()) + ", as " + first.source() + " has it",
            NamedValues.name(model.labelEncoding()),
            "give one for all with --labels");
      }
    }
    return labels.encoding == null ? first.labelEncoding() : labels.encoding;
  }

  /**
   * The half with the classes that its labels mean to the models.
   *
   * @throws InvalidInputException if the models do not agree
   */
  public ScoredSplit labelled(Half half, List<Model> models) {
    LabelEncoding how = encoding(models);
    List<String> known =
        models.stream()
            .map(model -> model.metadata().labels())
            .filter(labels -> !labels.isEmpty())
            .findFirst()
            .orElse(List.of());
    return how != LabelEncoding.SORTED || known.isEmpty()
        ? ScoredSplit.of(half.data(), half.other().orElse(null), how)
        : new ScoredSplit(half.data(), ClassLabels.sorted(known));
  }
}
