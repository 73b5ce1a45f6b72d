package io.github.lstmfcn.data;

/** A split of a dataset: the one to train on or the one to evaluate on. */
public enum Split {
  /** The split that a model is trained on. */
  TRAIN,
  /** The split that a model is evaluated on. */
  TEST;

  /** {@return the other split} */
  public Split other() {
    return this == TRAIN ? TEST : TRAIN;
  }
}
