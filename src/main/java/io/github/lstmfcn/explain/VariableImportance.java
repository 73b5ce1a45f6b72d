package io.github.lstmfcn.explain;

/**
 * How much worse a model is when one variable is permuted, once per repeat.
 *
 * @param variable the index of the variable, from 0
 * @param accuracyDrops the accuracy of the series as they are minus that of the permuted ones, one
 *     value per repeat; negative where the permuted series are classified better
 * @param lossRises the mean categorical cross-entropy of the permuted series, in nats, minus that
 *     of the series as they are, one value per repeat
 */
public record VariableImportance(int variable, double[] accuracyDrops, double[] lossRises) {

  /**
   * Checks the numbers of values.
   *
   * @param variable the component {@code variable}
   * @param accuracyDrops the component {@code accuracyDrops}
   * @param lossRises the component {@code lossRises}
   * @throws IllegalArgumentException if there are fewer than two repeats, or not equally many
   *     values of both
   */
  public VariableImportance {
    if (accuracyDrops.length < 2 || accuracyDrops.length != lossRises.length) {
      throw new IllegalArgumentException(
          "expected at least two values of each, one per repeat, found %s and %s"
              .formatted(accuracyDrops.length, lossRises.length));
    }
  }

  /** {@return the mean drop in accuracy with its interval over the repeats} */
  public Interval accuracyDrop() {
    return Interval.ofMean(accuracyDrops);
  }

  /** {@return the mean rise of the loss with its interval over the repeats} */
  public Interval lossRise() {
    return Interval.ofMean(lossRises);
  }
}
