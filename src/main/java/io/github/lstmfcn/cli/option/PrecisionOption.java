package io.github.lstmfcn.cli.option;

import io.github.lstmfcn.model.Precision;
import io.github.lstmfcn.model.graph.Execution;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The precision of products. */
public final class PrecisionOption {
  private static final String NAME = "--precision";

  @Option(
      names = NAME,
      paramLabel = "TYPE",
      converter = NamedValues.Precisions.class,
      completionCandidates = NamedValues.Precisions.class,
      description =
          "Precision of products: ${COMPLETION-CANDIDATES}. bfloat16 is faster and coarser; it is "
              + "refused on processors on which it would only be slower. Default: LSTMFCN_PRECISION in "
              + "the environment, else float32.")
  Precision precision;

  /** What readers of a result have to be told of its precision. */
  public static Optional<String> note(Precision precision) {
    return precision == Precision.FLOAT32
        ? Optional.empty()
        : Optional.of("computed with products of " + precision);
  }

  /**
   * The precision that is asked for.
   *
   * @throws io.github.lstmfcn.error.InvalidInputException if it would only be slower on this
   *     processor
   */
  public Precision orAsked() {
    return precision == null ? Execution.askedPrecision() : Execution.usable(precision, NAME);
  }
}
