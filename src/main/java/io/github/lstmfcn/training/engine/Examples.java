package io.github.lstmfcn.training.engine;

import io.github.lstmfcn.data.ClassLabels;
import io.github.lstmfcn.data.Dataset;
import io.github.lstmfcn.data.Preparation;
import io.github.lstmfcn.error.InvalidInputException;
import java.util.Arrays;
import java.util.List;

/**
 * Series with their classes, ready for the network.
 *
 * @param series float32 {@code [N][length]}, all of one length, finite
 * @param classes index of each series' class
 * @param names of the classes
 */
public record Examples(float[][] series, int[] classes, List<String> names) {

  /**
   * @throws InvalidInputException if there is no series or fewer than two classes, or a value is
   *     not finite; names the series, from 1
   * @throws IllegalArgumentException if sizes do not agree or a class has no name
   */
  public Examples {
    names = List.copyOf(names);
    if (series.length != classes.length) {
      throw new IllegalArgumentException(
          "one class a series: found %d and %d".formatted(classes.length, series.length));
    }
    if (series.length == 0) {
      throw new InvalidInputException(null, "series", "at least one", "none", "");
    }
    if (names.size() < 2) {
      throw new InvalidInputException(
          null, "classes", "at least two to tell apart", names.size() + " " + names, "");
    }
    for (int i = 0; i < series.length; i++) {
      check(i, series[i], series[0].length);
      if (classes[i] < 0 || classes[i] >= names.size()) {
        throw new IllegalArgumentException(
            "a class below %d expected, found %d".formatted(names.size(), classes[i]));
      }
    }
  }

  private static void check(int index, float[] series, int length) {
    if (series.length != length) {
      throw new IllegalArgumentException(
          "series %d: expected length %d, found %d".formatted(index, length, series.length));
    }
    for (int step = 0; step < length; step++) {
      if (!Float.isFinite(series[step])) {
        throw new InvalidInputException(
            null,
            "series %d, step %d".formatted(index + 1, step + 1),
            "a finite number",
            Float.toString(series[step]),
            "missing values are filled by a preparation");
      }
    }
  }

  /**
   * A file's series, prepared, with their classes.
   *
   * @throws InvalidInputException if a series or a label does not fit, or there are fewer than two
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

  /** How many series. */
  public int size() {
    return series.length;
  }

  /** Steps of a series. */
  public int length() {
    return series[0].length;
  }

  /** Series of each class. */
  public int[] counts() {
    int[] counts = new int[names.size()];
    for (int k : classes) {
      counts[k]++;
    }
    return counts;
  }

  /** Some of the series, in this order. */
  public Examples select(int[] indices) {
    return new Examples(
        Arrays.stream(indices).mapToObj(i -> series[i]).toArray(float[][]::new),
        Arrays.stream(indices).map(i -> classes[i]).toArray(),
        names);
  }
}
