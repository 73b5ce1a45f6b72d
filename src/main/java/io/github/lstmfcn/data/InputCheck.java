package io.github.lstmfcn.data;

import io.github.lstmfcn.error.InvalidInputException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Refuses series that cannot become a model's input.
 *
 * @param variables the number of variables of the model's input
 * @param length the number of steps of the model's input
 * @param truncate whether a longer series is truncated instead of being refused
 */
record InputCheck(int variables, int length, boolean truncate) {

  /**
   * Checks a prepared series.
   *
   * @throws InvalidInputException if a value is too large for the network's arithmetic
   */
  static void checkMagnitude(Path source, String place, float[] input) {
    for (float value : input) {
      if (Math.abs(value) > Preparation.LARGEST_VALUE) {
        throw new InvalidInputException(
            source,
            place,
            "values that the network can compute with",
            "values so large that its arithmetic overflows",
            "scale the series");
      }
    }
  }

  /**
   * Checks a series.
   *
   * @param source the file, for the message; null if there is none
   * @param place the place of the series
   * @param series float32 {@code [variable][step]}
   * @throws InvalidInputException if the series cannot be prepared
   */
  void check(Path source, String place, float[][] series) {
    checkVariables(source, place, series.length);
    for (int variable = 1; variable < variables; variable++) {
      if (series[variable].length != series[0].length) {
        throw new InvalidInputException(
            source,
            place + ", variable " + (variable + 1),
            series[0].length + " steps, as in variable 1",
            Integer.toString(series[variable].length),
            "write NaN where a value is missing");
      }
    }
    int found = Dataset.unpaddedLength(series);
    if (found == 0) {
      throw new InvalidInputException(
          source,
          place,
          "a value",
          series[0].length == 0 ? "none" : "only missing values",
          "leave the series out");
    }
    if (!truncate && found > length) {
      throw new InvalidInputException(
          source,
          place,
          "at most " + length + " steps, the model's length",
          Integer.toString(found),
          "truncate, or use a model of this length");
    }
    int kept = Math.min(found, length);
    for (int variable = 0; variable < variables; variable++) {
      if (variables > 1 && Dataset.isMissing(Arrays.copyOf(series[variable], kept))) {
        throw new InvalidInputException(
            source,
            place + ", variable " + (variable + 1),
            kept < found ? "a value in the first " + kept + " steps" : "a value",
            "only missing values",
            "leave the series out");
      }
      for (int step = 0; step < kept; step++) {
        if (Float.isInfinite(series[variable][step])) {
          throw new InvalidInputException(
              source,
              place + (variables > 1 ? ", variable " + (variable + 1) : ""),
              "finite values or NaN",
              series[variable][step] + " at step " + (step + 1),
              "write NaN where a value is missing");
        }
      }
    }
  }

  /**
   * Checks a number of variables.
   *
   * @throws InvalidInputException if the model has another one
   */
  void checkVariables(Path source, String place, int found) {
    if (found != variables) {
      throw new InvalidInputException(
          source,
          place,
          Dataset.counted(variables) + ", as the model has",
          Integer.toString(found),
          "");
    }
  }
}
