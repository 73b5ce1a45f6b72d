package io.github.lstmfcn.cli.option;

import io.github.lstmfcn.LoadOptions;
import io.github.lstmfcn.Model;
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

/** Options that name the labelled series a command works on and their preprocessing. */
public final class DatasetOptions {
  @CommandLine.Spec(CommandLine.Spec.Target.MIXEE)
  CommandLine.Model.CommandSpec command;

  @Mixin public DataOptions source;

  @Mixin DatasetOption set;

  @Option(
      names = "--split",
      paramLabel = "SPLIT",
      converter = NamedValues.Splits.class,
      completionCandidates = NamedValues.Splits.class,
      description =
          "Split to use: ${COMPLETION-CANDIDATES}. Also states the split of a single file "
              + "whose name does not tell it. Default: the split in the file's name, else test.")
  Split split;

  @Mixin NormalizeOption normalize;

  @Mixin EncodingOption labels;

  @Option(
      names = "--truncate",
      description =
          "Truncate series that are longer than the model's input. Multivariate series of TEST "
              + "always are, as in the original.")
  boolean truncate;

  /**
   * One split of a dataset.
   *
   * @param split the split
   * @param data the series of the split
   * @param other the other split, if there is one
   */
  public record ReadSplit(Split split, Dataset data, Optional<Dataset> other) {

    /**
     * Whether the original code cuts longer series of the split to those of TRAIN, as it does with
     * a multivariate TEST.
     */
    boolean isCutInTheOriginal() {
      return split == Split.TEST && data.variables() > 1;
    }

    /**
     * What has to be said about the split for a model: that series are cut without being asked for.
     */
    public Optional<String> note(Model model) {
      return isCutInTheOriginal() ? model.preparation().truncation(data, split) : Optional.empty();
    }

    /**
     * One of the splits.
     *
     * @param wanted the split
     * @param asking the option that needs it, for the message
     * @throws InvalidInputException if there is none
     */
    public Dataset of(Split wanted, String asking) {
      return split == wanted
          ? data
          : other.orElseThrow(
              () ->
                  new InvalidInputException(
                      data.source(),
                      asking,
                      "the " + wanted + " file of the dataset beside it",
                      "none",
                      "copy it there"));
    }
  }

  /**
   * Reads the split that the options name.
   *
   * @throws CommandLine.ParameterException if the options do not tell which dataset is meant
   * @throws InvalidInputException if the split cannot be read
   */
  public ReadSplit read() {
    DataFiles files = source.open(split);
    String name = set.choose(files, source.data, command.commandLine());
    Split read = split == null ? splitOf(files, name) : split;
    Dataset data = files.source(name, read).read();
    Optional<Dataset> other = files.find(name, read.other()).map(DataSource::read);
    other.ifPresent(data::expectVariablesOf);
    return new ReadSplit(read, data, other);
  }

  /** TRAIN if {@code --data} names the file of that split, else TEST. */
  private Split splitOf(DataFiles files, String name) {
    boolean named =
        DatasetFile.splitOf(source.data == null ? Path.of("") : source.data).isPresent();
    return named
            && files.find(name, Split.TRAIN).filter(of -> of.file().equals(source.data)).isPresent()
            && source.testSize == null
        ? Split.TRAIN
        : Split.TEST;
  }

  /**
   * How to load a model: the given options override what the file of the model states.
   *
   * @throws InvalidInputException if TRAIN is needed but missing
   */
  public LoadOptions options(ReadSplit read, ReadingOptions reading) {
    Normalization normalization = normalize.normalization;
    boolean needsTrain = normalization != null && normalization.needsTrain();
    boolean needsTest = normalization != null && normalization.needsTest();
    String asking = "--normalize " + (needsTrain ? NamedValues.name(normalization) : "");
    Dataset train = needsTrain ? read.of(Split.TRAIN, asking) : null;
    Dataset test = needsTest ? read.of(Split.TEST, asking) : null;
    return reading.options().toBuilder()
        .normalization(normalize.normalization)
        .train(train)
        .test(test)
        .truncate(truncate || read.isCutInTheOriginal())
        .build();
  }

  /**
   * The label encoding: the given one, else that with which the models were trained.
   *
   * @throws InvalidInputException if the models were trained with different encodings; the message
   *     names one of them
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
            "set one for all models with --labels");
      }
    }
    return labels.encoding == null ? first.labelEncoding() : labels.encoding;
  }

  /**
   * The split with its labels encoded as classes of the models.
   *
   * @throws InvalidInputException if the models were trained with different encodings
   */
  public ScoredSplit labelled(ReadSplit read, List<Model> models) {
    LabelEncoding how = encoding(models);
    List<String> known =
        models.stream()
            .map(model -> model.metadata().labels())
            .filter(labels -> !labels.isEmpty())
            .findFirst()
            .orElse(List.of());
    return ScoredSplit.of(read.data(), read.other().orElse(null), how, known);
  }
}
