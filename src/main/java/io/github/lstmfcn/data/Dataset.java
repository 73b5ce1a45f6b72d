package io.github.lstmfcn.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * Labelled time series as they are in a file: not padded, not normalised.
 *
 * @param name the name of the dataset, as {@code CBF}
 * @param source the file that the dataset was read from
 * @param labels one label per series; a whole number is written as such, whatever its spelling in
 *     the file ({@code 1.0000000e+00} is {@code 1})
 * @param series {@code float32 [series][step]}; rows may differ in length, NaN is a missing value,
 *     trailing NaN (how UCR pads series of unequal lengths) is preserved
 */
public record Dataset(String name, Path source, List<String> labels, float[][] series) {

  /**
   * Checks that there is one label per series.
   *
   * @param name the component {@code name}
   * @param source the component {@code source}
   * @param labels the component {@code labels}
   * @param series the component {@code series}
   * @throws IllegalArgumentException if there is not exactly one label per series
   */
  public Dataset {
    Objects.requireNonNull(name, "name");
    labels = List.copyOf(labels);
    for (int row = 0; row < series.length; row++) {
      if (series[row] == null) {
        throw new IllegalArgumentException("expected series, found null as series " + (row + 1));
      }
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

  /** {@return the number of series} */
  public int size() {
    return series.length;
  }

  /**
   * {@return the number of steps of the longest series, padding included; 0 for an empty dataset}
   */
  public int length() {
    int longest = 0;
    for (float[] row : series) {
      longest = Math.max(longest, row.length);
    }
    return longest;
  }

  /**
   * {@return the number of steps of the longest series up to its last value that is not missing}
   */
  public int unpaddedLength() {
    int longest = 0;
    for (float[] row : series) {
      int end = row.length;
      while (end > longest && Float.isNaN(row[end - 1])) {
        end--;
      }
      longest = Math.max(longest, end);
    }
    return longest;
  }

  /**
   * {@return whether all values of a series are missing}
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
