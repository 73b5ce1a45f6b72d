package io.github.lstmfcn.training;

import io.github.lstmfcn.model.Subsampling;

/**
 * The layers that training does not change, not by a single bit and including moving averages. A
 * frozen batch normalisation works as in inference.
 */
public enum Freeze {
  /** No layer. */
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
      return array.startsWith("conv") || array.startsWith("bn") || array.startsWith("se");
    }
  },
  /** The recurrent branch. */
  LSTM("lstm") {
    @Override
    public boolean freezes(String array) {
      return array.startsWith("lstm/") || array.startsWith(Subsampling.NAME + "/");
    }
  },
  /** All layers but the dense layer at the end. */
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

  /**
   * {@return whether an array is frozen}
   *
   * @param array the name of the array in {@code ModelWeights}
   */
  public abstract boolean freezes(String array);

  @Override
  public String toString() {
    return title;
  }
}
