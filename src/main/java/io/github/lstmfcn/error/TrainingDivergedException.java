package io.github.lstmfcn.error;

/**
 * A loss or a weight that became NaN or infinite during training, which therefore cannot continue.
 * The last good state is preserved.
 */
public final class TrainingDivergedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param found which value is not finite, and where
   * @param learningRate the learning rate of the epoch
   * @param lastGood the number of the last epoch with finite values; 0 if there is none
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
