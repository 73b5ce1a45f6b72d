package io.github.lstmfcn.training;

import io.github.lstmfcn.error.InvalidInputException;
import java.util.Locale;

/** Checks of a recipe's values. */
public final class RecipeValues {

  private RecipeValues() {}

  /**
   * Checks a value.
   *
   * @param name the name of the value, for the message
   * @param value the value
   * @param right whether the value is valid
   * @param expected the valid values, for the message
   * @throws InvalidInputException if the value is not valid or not finite
   */
  public static void check(String name, double value, boolean right, String expected) {
    if (!right || !Double.isFinite(value)) {
      String found =
          value == Math.rint(value)
              ? String.format(Locale.ROOT, "%.0f", value)
              : Double.toString(value);
      throw new InvalidInputException(null, name, expected, found, "");
    }
  }
}
