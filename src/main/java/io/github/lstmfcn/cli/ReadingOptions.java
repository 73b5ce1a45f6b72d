package io.github.lstmfcn.cli;

import io.github.lstmfcn.data.InvalidInputException;
import io.github.lstmfcn.keras.KerasWeights;
import io.github.lstmfcn.model.AttentionScope;
import io.github.lstmfcn.model.GateActivation;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.training.RunDescription;
import io.github.lstmfcn.training.TrainingRun;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** How a weight file is read where it leaves something open. */
final class ReadingOptions {
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

  /** The file of a model's weights: of a training's folder the kept ones. */
  static Path file(Path model) {
    return TrainingRun.isAt(model) ? TrainingRun.keptWeights(model) : model;
  }

  /** The gates that were asked for, else a training's own, else null. */
  GateActivation gates(Path model) {
    return gates == null
        ? TrainingRun.describe(model).map(RunDescription::gates).orElse(null)
        : gates;
  }

  /** The scope that was asked for, else a training's own, else null. */
  AttentionScope attention(Path model) {
    return attention == null
        ? TrainingRun.describe(model)
            .filter(run -> run.kind() == ModelKind.ALSTM_FCN)
            .map(run -> run.recipe().attentionScope())
            .orElse(null)
        : attention;
  }

  /**
   * The weights of a file or a training's folder.
   *
   * @throws InvalidInputException if they cannot be read or the options do not fit them
   */
  ModelWeights weights(Path model) {
    return KerasWeights.read(file(model)).weights(gates(model), attention(model));
  }
}
