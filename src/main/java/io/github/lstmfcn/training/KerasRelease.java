package io.github.lstmfcn.training;

/**
 * A release of Keras, where releases differ in training: in how the moving averages of {@code
 * BatchNormalization} are updated, in Adam's bias correction, and in when {@code ReduceLROnPlateau}
 * counts an epoch.
 */
public enum KerasRelease {
  /**
   * The Keras of the release of 2017; Keras 2.1.2, with which the multivariate networks were
   * trained, does the same. The moving variance is updated with the batch's biased variance. {@code
   * ReduceLROnPlateau} compares with the patience before it counts the epoch, so that the first
   * reduction after an improvement comes one epoch later than the patience says.
   */
  KERAS_2_0_8("2.0.8"),
  /**
   * The Keras of the release of 2019. The moving averages are zero-debiased ({@code zero_debias}):
   * the statistics of the first batch replace their initial values, and the variance is that of the
   * batch, times {@code n / (n - 1.001)}. Adam's bias correction is one step ahead: nothing orders
   * the counter's increment and its use, and in the runs that were examined the increment came
   * first. {@code ReduceLROnPlateau} lowers the learning rate as soon as the patience is used up.
   */
  KERAS_2_2_5("2.2.5"),
  /**
   * Current Keras: the moving variance is updated with the batch's unbiased variance, and {@code
   * ReduceLROnPlateau} lowers the learning rate as soon as the patience is used up.
   */
  KERAS_3("3");

  private final String version;

  KerasRelease(String version) {
    this.version = version;
  }

  /** {@return by how many steps Adam's bias correction is ahead of the number of updates} */
  public int stepsAhead() {
    return this == KERAS_2_2_5 ? 1 : 0;
  }

  /** {@return whether the first batch replaces the initial values of the moving averages} */
  public boolean startsAnew() {
    return this == KERAS_2_2_5;
  }

  /** Whether {@code ReduceLROnPlateau} compares with the patience before it counts the epoch. */
  boolean comparesBeforeCounting() {
    return this == KERAS_2_0_8;
  }

  /** The version number of the release. */
  @Override
  public String toString() {
    return version;
  }
}
