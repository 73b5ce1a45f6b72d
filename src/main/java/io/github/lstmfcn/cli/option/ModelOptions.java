package io.github.lstmfcn.cli.option;

import io.github.lstmfcn.LoadOptions;
import io.github.lstmfcn.Model;
import io.github.lstmfcn.error.InvalidInputException;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of commands that use one model. */
public final class ModelOptions {
  @Option(
      names = "--weights",
      required = true,
      paramLabel = "MODEL",
      description =
          "Keras weight file (.h5, .weights.h5, .keras), folder of a SavedModel or folder of a "
              + "training run. Gate activation, normalisation and labels are those of the training, "
              + "where the file states them.")
  public Path weights;

  @Mixin public ReadingOptions reading;

  /**
   * Loads the model as its file states.
   *
   * @throws InvalidInputException as {@link #load(LoadOptions)}
   */
  public Model load() {
    return load(reading.options());
  }

  /**
   * Loads the model.
   *
   * @throws InvalidInputException if the model cannot be read or the options do not fit it
   */
  public Model load(LoadOptions options) {
    return Model.load(weights, options);
  }
}
