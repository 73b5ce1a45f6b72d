package io.github.lstmfcn.error;

/**
 * A loss or a weight that is no finite number: nothing can be learned from there on. The last good
 * state is kept.
 */
public final class TrainingDivergedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * States the facts.
   *
   * @param found what is not finite, and where
   * @param learningRate of the epoch
   * @param lastGood the number of the epoch before, or 0
   */
  public TrainingDivergedException(String found, float learningRate, int lastGood) {
    super(
        "%s at learning rate %s; %s; lower the learning rate"
            .formatted(found, learningRate, kept(lastGood)));
  }

  private static String kept(int epoch) {
    return epoch == 0 ? "no epoch was completed" : "the weights after epoch " + epoch + " are good";
  }
}
