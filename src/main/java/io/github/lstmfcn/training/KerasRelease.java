package io.github.lstmfcn.training;

/**
 * A Keras, where one trains differently from another: in what the moving averages of {@code
 * BatchNormalization} follow, how Adam starts, and when {@code ReduceLROnPlateau} counts an epoch.
 */
public enum KerasRelease {
  /**
   * Of the 2017 release. The moving variance follows the batch's biased variance, from where it
   * was. {@code ReduceLROnPlateau} compares its patience before it counts the epoch, so that the
   * first reduction after an improvement comes one epoch later than the patience says.
   */
  KERAS_2_0_8("2.0.8"),
  /**
   * Of the 2019 release. The moving averages start from nothing: the first batch's statistics
   * replace them, whatever they were ({@code zero_debias}), and the variance is the batch's, times
   * {@code n / (n - 1.001)}. Adam's correction for its start counts one step ahead: nothing orders
   * the counter's increment and its use, and in the runs that were looked at the increment was
   * first. {@code ReduceLROnPlateau} reduces once the patience is used up.
   */
  KERAS_2_2_5("2.2.5"),
  /**
   * Of today: the moving variance follows the batch's unbiased variance, from where it was, and
   * {@code ReduceLROnPlateau} reduces once the patience is used up.
   */
  KERAS_3("3");

  private final String version;

  KerasRelease(String version) {
    this.version = version;
  }

  /** By how much the step's number is ahead in Adam's correction for its start. */
  public int stepsAhead() {
    return this == KERAS_2_2_5 ? 1 : 0;
  }

  /** Whether the moving averages forget what they were before the first step. */
  public boolean startsAnew() {
    return this == KERAS_2_2_5;
  }

  /** Whether {@code ReduceLROnPlateau} compares its patience before it counts the epoch. */
  boolean comparesBeforeCounting() {
    return this == KERAS_2_0_8;
  }

  /** The version. */
  @Override
  public String toString() {
    return version;
  }
}
