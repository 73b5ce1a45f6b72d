package io.github.lstmfcn.cli.option;

import io.github.lstmfcn.model.GateActivation;
import picocli.CommandLine.Option;

/** The option for the activation of the LSTM's gates. */
public final class GatesOption {
  @Option(
      names = "--gates",
      paramLabel = "ACTIVATION",
      converter = NamedValues.Gates.class,
      completionCandidates = NamedValues.Gates.class,
      description =
          "Activation of the recurrent layer's gates: ${COMPLETION-CANDIDATES}. Default: that of the "
              + "model, else hard_sigmoid, as in the original.")
  GateActivation gates;

  /** The given activation, else that of the original. */
  public GateActivation orOriginal() {
    return gates == null ? GateActivation.HARD_SIGMOID : gates;
  }
}
