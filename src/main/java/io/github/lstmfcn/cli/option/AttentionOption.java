package io.github.lstmfcn.cli.option;

import io.github.lstmfcn.model.AttentionScope;
import picocli.CommandLine.Option;

/** The option for what the attention sums over. */
final class AttentionOption {
  @Option(
      names = "--attention",
      paramLabel = "SCOPE",
      converter = NamedValues.Attention.class,
      completionCandidates = NamedValues.Attention.class,
      description =
          "What the attention of a univariate ALSTM-FCN sums over: ${COMPLETION-CANDIDATES}. "
              + "Default: that of the model, else per-series. across-batch is what the univariate "
              + "original computes since 2019-02-28; a prediction then depends on the other series "
              + "in its batch. The attention of all other networks is per series.")
  AttentionScope attention;
}
