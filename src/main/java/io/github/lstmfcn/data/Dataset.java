package io.github.lstmfcn.data;

import io.github.lstmfcn.error.InvalidInputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * Labelled time series as they are in a file: not padded, not normalised. A series has one variable
 * (univariate) or several (multivariate), and all series of a dataset have equally many.
 *
 * @param name the name of the dataset, as {@code CBF}
 * @param source the file that the dataset was read from
 * @param labels one label per series; a whole number is written as such, whatever its spelling in
 *     the file ({@code 1.0000000e+00} is {@code 1})
 * @param series {@code float32 [series][variable][step]}; series may differ in length, the
 *     variables of a series do not; NaN is a missing value, trailing NaN (how UCR pads series of
 *     unequal lengths) is preserved
 */
public record Dataset(String name, Path source, List<String> labels, float[][][] series) {

  /**
   * Checks that there is one label per series, and that all series have the same number of
   * variables, which have equally many steps within a series.
   *
   * @param name the component {@code name}
   * @param source the component {@code source}
   * @param labels the component {@code labels}
   * @param series the component {@code series}
   * @throws IllegalArgumentException if there is not exactly one label per series, a series or
   *     variable is null, a series has no variable, or numbers of variables or steps differ
   */
  public Dataset {
    Objects.requireNonNull(name, "name");
    labels = List.copyOf(labels);
    for (int row = 0; row < series.length; row++) {
      if (series[row] == null) {
        throw new IllegalArgumentException("expected series, found null as series " + (row + 1));
      }
      checkVariables(series[row], row, series[0].length);
    }
    if (labels.size() != series.length) {
      throw new IllegalArgumentException(
          "expected one label per series, found "
              + labels.size()
              + " labels, "
              + series.length
              + " series");
    }
  }

  /**
   * Creates a dataset of univariate series.
   *
   * @param name the component {@code name}
   * @param source the component {@code source}
   * @param labels the component {@code labels}
   * @param series {@code float32 [series][step]}
   * @throws IllegalArgumentException if there is not exactly one label per series or a series is
   *     null
   */
  public Dataset(String name, Path source, List<String> labels, float[][] series) {
    this(name, source, labels, univariate(series));
  }

  /** Univariate series as series of one variable, whose arrays are the given ones. */
  static float[][][] univariate(float[][] series) {
    float[][][] variables = new float[series.length][][];
    for (int row = 0; row < series.length; row++) {
      variables[row] = series[row] == null ? null : new float[][] {series[row]};
    }
    return variables;
  }

  private static void checkVariables(float[][] variables, int row, int expected) {
    if (variables.length == 0 || variables.length != expected) {
      throw new IllegalArgumentException(
          "expected %s, found %s in series %s"
              .formatted(
                  expected == 0 ? "at least one variable" : "variables: " + expected,
                  variables.length,
                  row + 1));
    }
    for (int variable = 0; variable < expected; variable++) {
      float[] steps = variables[variable];
      if (steps == null || steps.length != variables[0].length) {
        throw new IllegalArgumentException(
            "expected %s steps, as in variable 1, found %s in variable %s of series %s"
                .formatted(
                    variables[0] == null ? 0 : variables[0].length,
                    steps == null ? "null" : steps.length,
                    variable + 1,
                    row + 1));
      }
    }
  }

  /** {@return the number of series} */
  public int size() {
    return series.length;
  }

  /** {@return the number of variables of every series; 0 for an empty dataset} */
  public int variables() {
    return series.length == 0 ? 0 : series[0].length;
  }

  /**
   * {@return the number of steps of the longest series, padding included; 0 for an empty dataset}
   */
  public int length() {
    int longest = 0;
    for (float[][] row : series) {
      longest = Math.max(longest, row[0].length);
    }
    return longest;
  }

  /**
   * {@return the number of steps of the longest series up to the last step at which a variable has
   * a value}
   */
  public int unpaddedLength() {
    int longest = 0;
    for (float[][] row : series) {
      longest = Math.max(longest, unpaddedLength(row));
    }
    return longest;
  }

  /** The number of steps of a series up to the last one at which a variable has a value. */
  static int unpaddedLength(float[][] variables) {
    int longest = 0;
    for (float[] steps : variables) {
      int end = steps.length;
      while (end > longest && Float.isNaN(steps[end - 1])) {
        end--;
      }
      longest = Math.max(longest, end);
    }
    return longest;
  }

  /**
   * Checks that the series have as many variables as those of the other split.
   *
   * @param other the other split; an empty one fits any
   * @throws InvalidInputException if the numbers differ; the message names both files
   */
  public void expectVariablesOf(Dataset other) {
    if (size() > 0 && other.size() > 0 && variables() != other.variables()) {
      throw new InvalidInputException(
          source,
          "",
          counted(other.variables())
              + ", as "
              + (other.source() == null ? "the other split" : other.source())
              + " has",
          Integer.toString(variables()),
          "TRAIN and TEST must be of one dataset");
    }
  }

  /** {@code 1 variable}, {@code 12 variables}. */
  static String counted(int variables) {
    return variables == 1 ? "1 variable" : variables + " variables";
  }

  /**
   * {@return whether all values of a variable are missing}
   *
   * @param series float32 {@code [step]}
   */
  public static boolean isMissing(float[] series) {
    for (float value : series) {
      if (!Float.isNaN(value)) {
        return false;
      }
    }
    return true;
  }
}
