package io.github.lstmfcn.cli.option;

import io.github.lstmfcn.LoadOptions;
import io.github.lstmfcn.Model;
import io.github.lstmfcn.data.Dataset;
import io.github.lstmfcn.data.Split;
import io.github.lstmfcn.data.archive.DataSource;
import io.github.lstmfcn.error.InvalidInputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options for the preprocessing of raw series and for the names of the classes. */
public final class InputOptions {
  @Mixin NormalizeOption normalize;

  @Option(
      names = "--train",
      paramLabel = "FILE",
      description =
          "TRAIN file of the dataset: its sorted labels name the classes, and --normalize "
              + "train and upstream take mean and standard deviation from it. Default: the values "
              + "stored with the model.")
  Path train;

  @Mixin public LayoutOptions layout;

  @Option(
      names = "--labels",
      paramLabel = "LABEL",
      split = ",",
      description = "Labels of the classes in their order, separated by commas.")
  List<String> labels = List.of();

  /** The TRAIN file that the options name. */
  public Optional<Path> train() {
    return Optional.ofNullable(train);
  }

  /**
   * Loads a model; the given options override what its file states.
   *
   * @throws InvalidInputException if the model cannot be read, the options do not fit it, or TRAIN
   *     has other labels than it was trained with
   */
  public Model load(ModelOptions named, boolean truncate) {
    Dataset data =
        train == null ? null : DataSource.of(train, Split.TRAIN, layout.labelled()).read();
    ReadingOptions reading = named.reading;
    LoadOptions options =
        reading.options().toBuilder()
            .normalization(normalize.normalization)
            .train(data)
            .labels(labels)
            .truncate(truncate)
            .build();
    Model model = named.load(options);
    if (data == null || !labels.isEmpty()) {
      return model;
    }
    List<String> known = model.metadata().labels();
    List<String> found = model.labelEncoding().fit(data).names();
    if (!known.isEmpty() && !known.equals(found)) {
      throw new InvalidInputException(
          train,
          "labels",
          known + ", as the model was trained with",
          found + "",
          "name the file that the model was trained on, or omit --train");
    }
    return model.withLabels(found);
  }
}
