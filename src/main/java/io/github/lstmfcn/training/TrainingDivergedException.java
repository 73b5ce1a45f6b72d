package io.github.lstmfcn.training;

/**
 * A loss or a weight that is no finite number: nothing can be learned from there on. The last good
 * state is kept.
 */
public final class TrainingDivergedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient TrainingState lastGood;

  /**
   * States the facts.
   *
   * @param found what is not finite, where, at which learning rate
   * @param lastGood at the end of the epoch before
   */
  TrainingDivergedException(String found, TrainingState lastGood) {
    super(found + "; " + kept(lastGood.progress().epoch()) + "; lower the learning rate");
    this.lastGood = lastGood;
  }

  private static String kept(int epoch) {
    return epoch == 0 ? "no epoch was completed" : "the weights after epoch " + epoch + " are good";
  }

  /** The training at the end of the epoch before; its weights are finite. */
  public TrainingState lastGood() {
    return lastGood;
  }
}
