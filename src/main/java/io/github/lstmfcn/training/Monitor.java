package io.github.lstmfcn.training;

/** Which value of an epoch decides: about the learning rate, the best weights, the end. */
public enum Monitor {
  /** Mean loss over TRAIN, as it was trained. */
  LOSS("loss"),
  /** Accuracy over TRAIN, as it was trained. */
  ACCURACY("accuracy"),
  /** Mean loss over the validation set, after the epoch. */
  VAL_LOSS("val_loss"),
  /** Accuracy over the validation set, after the epoch. */
  VAL_ACCURACY("val_accuracy");

  private final String kerasName;

  Monitor(String kerasName) {
    this.kerasName = kerasName;
  }

  /** Whether it needs a validation set. */
  public boolean needsValidation() {
    return this == VAL_LOSS || this == VAL_ACCURACY;
  }

  /** Whether more is better. */
  public boolean higherIsBetter() {
    return this == ACCURACY || this == VAL_ACCURACY;
  }

  /**
   * The value of an epoch.
   *
   * @throws java.util.NoSuchElementException if it needs a validation that the epoch did not have
   */
  public double of(Epoch epoch) {
    Score score = needsValidation() ? epoch.validation().orElseThrow() : epoch.training();
    return higherIsBetter() ? score.accuracy() : score.loss();
  }

  /** What every value is better than. */
  public double worst() {
    return higherIsBetter() ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
  }

  /** Whether a value is better than another by more than this. */
  public boolean improves(double value, double best, double minDelta) {
    return higherIsBetter() ? value > best + minDelta : value < best - minDelta;
  }

  /** The name in Keras today ({@code acc} in Keras 2.0). */
  @Override
  public String toString() {
    return kerasName;
  }
}
