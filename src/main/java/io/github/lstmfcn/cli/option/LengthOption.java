package io.github.lstmfcn.cli.option;

import java.util.OptionalInt;
import picocli.CommandLine.Option;

/** The option for the length of a series, which the weights of some networks do not tell. */
public final class LengthOption {
  @Option(
      names = "--length",
      paramLabel = "N",
      converter = PositiveNumber.class,
      description =
          "Number of steps of a series, for weights that do not tell it: those of a recurrence "
              + "over steps, of a subsampled input, or of convolutions alone. Default: that of the "
              + "model.")
  Integer length;

  /** The given length; empty if none was given. */
  public OptionalInt orUnknown() {
    return length == null ? OptionalInt.empty() : OptionalInt.of(length);
  }
}
