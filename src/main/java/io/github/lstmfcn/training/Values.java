package io.github.lstmfcn.training;

import io.github.lstmfcn.error.InvalidInputException;

/** Values of a recipe, checked as what a user gave. */
public final class Values {

  private Values() {}

  /**
   * Refuses a value that is not right.
   *
   * @throws InvalidInputException if the value is not right or not finite
   */
  public static void check(String name, double value, boolean right, String expected) {
    if (!right || !Double.isFinite(value)) {
      String found = value == Math.rint(value) ? "%.0f".formatted(value) : Double.toString(value);
      throw new InvalidInputException(null, name, expected, found, "");
    }
  }
}
