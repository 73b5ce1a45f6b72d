package io.github.lstmfcn.cli;

import io.github.lstmfcn.data.InvalidInputException;
import io.github.lstmfcn.export.SavedModel;
import io.github.lstmfcn.model.ModelWeights;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What most commands ask about a model. */
final class ModelOptions {
  @Option(
      names = "--weights",
      required = true,
      paramLabel = "MODEL",
      description =
          "A Keras weight file (.h5, .weights.h5, .keras), a SavedModel's folder or the folder of a "
              + "training, whose run.json then says what the other options do not.")
  Path weights;

  @Mixin ReadingOptions reading;

  /**
   * The weights, for what looks inside the network.
   *
   * @throws InvalidInputException if they cannot be read or the options do not fit them
   */
  ModelWeights readWeights() {
    if (SavedModel.isAt(weights)) {
      throw new InvalidInputException(
          weights,
          "",
          "a Keras weight file, whose layers can be looked at",
          "a SavedModel",
          "name the file that it was exported from");
    }
    return reading.weights(weights);
  }
}
