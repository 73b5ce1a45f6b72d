package io.github.lstmfcn.cli.option;

import io.github.lstmfcn.LoadOptions;
import io.github.lstmfcn.model.AttentionScope;
import io.github.lstmfcn.model.GateActivation;
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
          "What an ALSTM-FCN's attention sums over: ${COMPLETION-CANDIDATES}. Default: what the "
              + "file says, else per-series. across-batch is what the original computes since "
              + "2019-02-28; a prediction then depends on the series that share its batch.")
  AttentionScope attention;

  /** With everything else as a model's file says. */
  LoadOptions options() {
    return LoadOptions.builder().gates(gates).attention(attention).build();
  }
}
