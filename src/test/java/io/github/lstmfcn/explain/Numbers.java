package io.github.lstmfcn.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;

/** Comparisons of arrays of numbers. */
final class Numbers {
  private Numbers() {}

  /** The rows one after the other. */
  static float[] flat(List<float[]> rows) {
    float[] flat = new float[rows.stream().mapToInt(row -> row.length).sum()];
    int offset = 0;
    for (float[] row : rows) {
      System.arraycopy(row, 0, flat, offset, row.length);
      offset += row.length;
    }
    return flat;
  }

  static void assertClose(float[] found, float[] expected, double tolerance) {
    assertThat(found).hasSameSizeAs(expected);
    for (int index = 0; index < found.length; index++) {
      if (!(Math.abs(found[index] - expected[index]) <= tolerance)) {
        throw new AssertionError(
            "[%s]: expected %s, found %s".formatted(index, expected[index], found[index]));
      }
    }
  }

  static double mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  static float largest(float[] values) {
    float[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length - 1];
  }
}
