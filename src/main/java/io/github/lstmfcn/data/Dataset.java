package io.github.lstmfcn.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * Labelled time series as a file has them: nothing filled, nothing scaled.
 *
 * @param name the set's name, as {@code CBF}
 * @param source the file that it was read from
 * @param labels one label a series; a whole number is written as such, whatever the file's spelling
 *     ({@code 1.0000000e+00} is {@code 1})
 * @param series {@code float32 [series][step]}; rows may differ in length, NaN is a missing value,
 *     trailing NaN (how UCR pads unequal lengths) is kept
 */
public record Dataset(String name, Path source, List<String> labels, float[][] series) {

  /**
   * @throws IllegalArgumentException if there is not one label a series
   */
  public Dataset {
    Objects.requireNonNull(name, "name");
    labels = List.copyOf(labels);
    if (labels.size() != series.length) {
      throw new IllegalArgumentException(
          "one label a series: found " + labels.size() + " labels, " + series.length + " series");
    }
  }

  /** How many series. */
  public int size() {
    return series.length;
  }

  /** Steps of the longest series, padding included; 0 for an empty set. */
  public int length() {
    int longest = 0;
    for (float[] row : series) {
      longest = Math.max(longest, row.length);
    }
    return longest;
  }

  /** Steps of the longest series up to its last value that is not missing. */
  public int longestSeries() {
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

  /** Whether a series has no value. */
  public static boolean isMissing(float[] series) {
    for (float value : series) {
      if (!Float.isNaN(value)) {
        return false;
      }
    }
    return true;
  }
}
