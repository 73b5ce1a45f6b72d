package io.github.lstmfcn.cli.option;

import io.github.lstmfcn.LoadOptions;
import io.github.lstmfcn.Model;
import io.github.lstmfcn.error.InvalidInputException;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What most commands ask about a model. */
public final class ModelOptions {
  @Option(
      names = "--weights",
      required = true,
      paramLabel = "MODEL",
      description =
          "A Keras weight file (.h5, .weights.h5, .keras), a SavedModel's folder or the folder of a "
              + "training. Gates, normalisation and labels are those it was trained with, where the "
              + "file says so.")
  public Path weights;

  @Mixin public ReadingOptions reading;

  /**
   * Loads the model.
   *
   * @throws InvalidInputException if it cannot be read or the options do not fit it
   */
  public Model load(LoadOptions options) {
    return Model.load(weights, options);
  }
}
