package io.github.lstmfcn.cli.option;

import io.github.lstmfcn.model.GateActivation;
import picocli.CommandLine.Option;

/** How the gates of the LSTM are activated. */
public final class GatesOption {
  @Option(
      names = "--gates",
      paramLabel = "ACTIVATION",
      converter = NamedValues.Gates.class,
      completionCandidates = NamedValues.Gates.class,
      description =
          "Activation of the LSTM's gates: ${COMPLETION-CANDIDATES}. Default: that of the model, "
              + "else hard_sigmoid, as the original has it.")
  GateActivation gates;

  /** What was given, else the original's. */
  public GateActivation orOriginal() {
    return gates == null ? GateActivation.HARD_SIGMOID : gates;
  }
}
