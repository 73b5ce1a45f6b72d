package io.github.lstmfcn.cli.option;

import io.github.lstmfcn.data.LabelEncoding;
import picocli.CommandLine.Option;

/** The option for the label encoding. */
final class EncodingOption {
  @Option(
      names = "--labels",
      paramLabel = "ENCODING",
      converter = NamedValues.Encodings.class,
      completionCandidates = NamedValues.Encodings.class,
      description =
          "Encoding of labels as classes: ${COMPLETION-CANDIDATES}. upstream reproduces the "
              + "original, which merges some labels. Default: that of the model, else sorted.")
  LabelEncoding encoding;
}
