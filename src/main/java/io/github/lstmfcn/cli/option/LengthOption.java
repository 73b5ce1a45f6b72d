package io.github.lstmfcn.cli.option;

import io.github.lstmfcn.error.InvalidInputException;
import java.util.OptionalInt;
import picocli.CommandLine.Option;

/** The option for the length of a series, which the weights of some networks do not tell. */
public final class LengthOption {
  @Option(
      names = "--length",
      paramLabel = "N",
      description =
          "Number of steps of a series, for weights that do not tell it: those of a recurrence "
              + "over steps, of a subsampled input, or of convolutions alone. Default: that of the "
              + "model.")
  Integer length;

  /**
   * The given length; empty if none was given.
   *
   * @throws InvalidInputException if it is less than 1
   */
  public OptionalInt orUnknown() {
    if (length == null) {
      return OptionalInt.empty();
    }
    if (length < 1) {
      throw new InvalidInputException(null, "--length", "at least 1", length + "", "");
    }
    return OptionalInt.of(length);
  }
}
