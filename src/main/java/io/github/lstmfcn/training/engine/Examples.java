package io.github.lstmfcn.training.engine;

import io.github.lstmfcn.data.ClassLabels;
import io.github.lstmfcn.data.Dataset;
import io.github.lstmfcn.data.Preparation;
import io.github.lstmfcn.error.InvalidInputException;
import java.util.Arrays;
import java.util.List;

/**
 * Preprocessed series with their classes.
 *
 * @param series float32 {@code [N][variables × length]}, all of one size, finite
 * @param classes the class index of each series
 * @param names the names of the classes
 */
public record Examples(float[][] series, int[] classes, List<String> names) {

  /**
   * Checks series and classes.
   *
   * @throws InvalidInputException if there is no series or fewer than two classes, or a value is
   *     not finite; the message names the series, counted from 1
   * @throws IllegalArgumentException if sizes differ or a class has no name
   */
  public Examples {
    names = List.copyOf(names);
    if (series.length != classes.length) {
      throw new IllegalArgumentException(
          "expected one class per series, found %s classes and %s series"
              .formatted(classes.length, series.length));
    }
    if (series.length == 0) {
      throw new InvalidInputException(null, "series", "at least one", "none", "");
    }
    if (names.size() < 2) {
      throw new InvalidInputException(
          null, "classes", "at least two", names.size() + " " + names, "");
    }
    for (int i = 0; i < series.length; i++) {
      check(i, series[i], series[0].length);
      if (classes[i] < 0 || classes[i] >= names.size()) {
        throw new IllegalArgumentException(
            "expected a class below %s, found %s".formatted(names.size(), classes[i]));
      }
    }
  }

  private static void check(int index, float[] series, int length) {
    if (series.length != length) {
      throw new IllegalArgumentException(
          "series %s: expected length %s, found %s".formatted(index, length, series.length));
    }
    for (int step = 0; step < length; step++) {
      if (!Float.isFinite(series[step])) {
        throw new InvalidInputException(
            null,
            "series %s, step %s".formatted(index + 1, step + 1),
            "a finite number",
            Float.toString(series[step]),
            "missing values are filled by a preparation");
      }
    }
  }

  /**
   * The series of a dataset, preprocessed, with their classes.
   *
   * @throws InvalidInputException if a series or a label is invalid, or there are fewer than two
   *     classes
   */
  public static Examples of(Dataset data, Preparation preparation, ClassLabels labels) {
    if (labels.classes() < 2) {
      throw new InvalidInputException(
          data.source(), "labels", "at least two classes", "only " + labels.names(), "");
    }
    int[] classes = new int[data.size()];
    for (int series = 0; series < classes.length; series++) {
      try {
        classes[series] = labels.index(data.labels().get(series));
      } catch (InvalidInputException unknown) {
        throw new InvalidInputException(
            data.source(),
            "series " + (series + 1) + ", label",
            unknown.expected(),
            unknown.found(),
            unknown.remedy(),
            unknown);
      }
    }
    try {
      return new Examples(preparation.apply(data), classes, labels.names());
    } catch (InvalidInputException unfit) {
      throw unfit.in(data.source());
    }
  }

  /** The number of series. */
  public int size() {
    return series.length;
  }

  /** The number of values of a series: its variables times its length. */
  public int values() {
    return series[0].length;
  }

  /** The number of series per class. */
  public int[] counts() {
    int[] counts = new int[names.size()];
    for (int k : classes) {
      counts[k]++;
    }
    return counts;
  }

  /** The series of the given indices, in this order. */
  public Examples select(int[] indices) {
    return new Examples(
        Arrays.stream(indices).mapToObj(i -> series[i]).toArray(float[][]::new),
        Arrays.stream(indices).map(i -> classes[i]).toArray(),
        names);
  }
}
