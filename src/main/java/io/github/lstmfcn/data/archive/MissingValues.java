package io.github.lstmfcn.data.archive;

import io.github.lstmfcn.data.Dataset;
import io.github.lstmfcn.error.InvalidInputException;
import java.nio.file.Path;

/** Refuses series that lack values where a model needs at least one. */
final class MissingValues {
  private MissingValues() {}

  /**
   * Checks that each variable of a series has a value.
   *
   * @param place the place of the series in the file
   * @param series float32 {@code [variable][step]}
   * @throws InvalidInputException if one has none
   */
  static void check(Path file, String place, float[][] series) {
    for (int variable = 0; variable < series.length; variable++) {
      if (Dataset.isMissing(series[variable])) {
        boolean univariate = series.length == 1;
        throw new InvalidInputException(
            file,
            univariate ? place : place + ", variable " + (variable + 1),
            "at least one value" + (univariate ? " of the series" : ""),
            "only missing values",
            "leave the series out");
      }
    }
  }
}
