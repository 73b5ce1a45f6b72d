package io.github.lstmfcn.cli;

import io.github.lstmfcn.data.InvalidInputException;
import io.github.lstmfcn.export.SavedModel;
import io.github.lstmfcn.keras.KerasWeights;
import io.github.lstmfcn.model.AttentionScope;
import io.github.lstmfcn.model.GateActivation;
import io.github.lstmfcn.model.LstmFcnSession;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.Predictor;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** What most commands ask about a model. */
final class ModelOptions {
  @Option(
      names = "--weights",
      required = true,
      paramLabel = "MODEL",
      description = "A Keras weight file (.h5, .weights.h5, .keras) or a SavedModel's folder.")
  Path weights;

  @Option(
      names = "--gates",
      paramLabel = "ACTIVATION",
      converter = NamedValues.Gates.class,
      completionCandidates = NamedValues.Gates.class,
      description =
          "Activation of the LSTM's gates: ${COMPLETION-CANDIDATES}. Default: what the file says, "
              + "else the original's.")
  GateActivation gates;

  @Option(
      names = "--attention",
      paramLabel = "SCOPE",
      converter = NamedValues.Attention.class,
      completionCandidates = NamedValues.Attention.class,
      description =
          "What an ALSTM-FCN's attention sums over: ${COMPLETION-CANDIDATES}. Default: per-series. "
              + "across-batch is what the original computes since 2019-02-28; a prediction then "
              + "depends on the series that share its batch.")
  AttentionScope attention;

  boolean isSavedModel() {
    return SavedModel.isAt(weights);
  }

  /**
   * The model, to be closed by the caller.
   *
   * @throws InvalidInputException if it cannot be read or the options do not fit it
   */
  Predictor open() {
    if (!isSavedModel()) {
      return LstmFcnSession.folded(KerasWeights.read(weights).weights(gates, attention));
    }
    if (gates != null || attention != null) {
      throw new InvalidInputException(
          weights,
          "--gates, --attention",
          "neither for a SavedModel, which has its own",
          "at least one",
          "export it again with them");
    }
    return SavedModel.load(weights);
  }

  /**
   * The weights, for what looks inside the network.
   *
   * @throws InvalidInputException if they cannot be read or the options do not fit them
   */
  ModelWeights readWeights() {
    if (isSavedModel()) {
      throw new InvalidInputException(
          weights,
          "",
          "a Keras weight file, whose layers can be looked at",
          "a SavedModel",
          "name the file that it was exported from");
    }
    return KerasWeights.read(weights).weights(gates, attention);
  }
}
