package io.github.lstmfcn.explain;

import io.github.lstmfcn.model.ModelSpec;
import java.util.Arrays;

/** What an explanation can be computed from. */
final class Expected {

  private Expected() {}

  /**
   * Checks that there are series.
   *
   * @throws IllegalArgumentException if there are none
   */
  static void series(float[][] series) {
    if (series.length == 0) {
      throw new IllegalArgumentException("expected at least one series, found none");
    }
  }

  /**
   * Checks that a network has convolutions.
   *
   * @throws IllegalArgumentException if it is a recurrent layer alone
   */
  static void convolutions(ModelSpec spec) {
    if (spec.blocks().isEmpty()) {
      throw new IllegalArgumentException("expected a network with convolutions, found " + spec);
    }
  }

  /**
   * Checks that every series has one of the classes.
   *
   * @throws IllegalArgumentException if numbers of series and classes differ, or a class does not
   *     exist
   */
  static void classes(float[][] series, int[] truth, int classes) {
    if (truth.length != series.length) {
      throw new IllegalArgumentException(
          "expected one class per series, found %s for %s series"
              .formatted(truth.length, series.length));
    }
    Arrays.stream(truth)
        .filter(k -> k < 0 || k >= classes)
        .findFirst()
        .ifPresent(
            k -> {
              throw new IllegalArgumentException(
                  "expected classes from 0 to %s, found %s".formatted(classes - 1, k));
            });
  }
}
