package io.github.lstmfcn.training;

/**
 * Which layers stay as they are, bit for bit, moving averages included; a batch normalisation that
 * is frozen works as at inference.
 */
public enum Freeze {
  /** None. */
  NONE("none") {
    @Override
    public boolean freezes(String array) {
      return false;
    }
  },
  /** The convolutional branch. */
  CONV("conv") {
    @Override
    public boolean freezes(String array) {
      return array.startsWith("conv") || array.startsWith("bn");
    }
  },
  /** The recurrent branch. */
  LSTM("lstm") {
    @Override
    public boolean freezes(String array) {
      return array.startsWith("lstm/");
    }
  },
  /** All but the dense layer at the end. */
  ALL_BUT_HEAD("all-but-head") {
    @Override
    public boolean freezes(String array) {
      return !array.startsWith("dense/");
    }
  };

  private final String title;

  Freeze(String title) {
    this.title = title;
  }

  /** Whether an array, by its name in {@code ModelWeights}, stays as it is. */
  public abstract boolean freezes(String array);

  @Override
  public String toString() {
    return title;
  }
}
