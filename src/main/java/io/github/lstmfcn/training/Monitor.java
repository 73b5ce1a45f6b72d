package io.github.lstmfcn.training;

/**
 * The value of an epoch that decides about the learning rate, the best weights and early stopping.
 */
public enum Monitor {
  /** Mean loss on TRAIN, as seen in training. */
  LOSS("loss"),
  /** Accuracy on TRAIN, as seen in training. */
  ACCURACY("accuracy"),
  /** Mean loss on the validation split after the epoch. */
  VAL_LOSS("val_loss"),
  /** Accuracy on the validation split after the epoch. */
  VAL_ACCURACY("val_accuracy");

  private final String kerasName;

  Monitor(String kerasName) {
    this.kerasName = kerasName;
  }

  /** {@return whether the value needs a validation split} */
  public boolean needsValidation() {
    return this == VAL_LOSS || this == VAL_ACCURACY;
  }

  /** {@return whether a higher value is better} */
  public boolean higherIsBetter() {
    return this == ACCURACY || this == VAL_ACCURACY;
  }

  /**
   * The monitored value of an epoch.
   *
   * @param epoch the epoch
   * @return the loss in nats, or the accuracy from 0 to 1
   * @throws java.util.NoSuchElementException if the value needs a validation score, which the epoch
   *     does not have
   */
  public double of(Epoch epoch) {
    Score score = needsValidation() ? epoch.validation().orElseThrow() : epoch.training();
    return higherIsBetter() ? score.accuracy() : score.loss();
  }

  /**
   * {@return the initial value, which every other one improves on: positive or negative infinity}
   */
  public double worst() {
    return higherIsBetter() ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
  }

  /**
   * {@return whether a value improves on the best one by more than {@code minDelta}}
   *
   * @param value the new value
   * @param best the best value so far
   * @param minDelta the smallest change that counts as an improvement
   */
  public boolean improves(double value, double best, double minDelta) {
    return higherIsBetter() ? value > best + minDelta : value < best - minDelta;
  }

  /** The name in current Keras ({@code acc} in Keras 2.0). */
  @Override
  public String toString() {
    return kerasName;
  }
}
