package io.github.lstmfcn.data;

/** Which half of a set: the one to learn from or the one to be judged on. */
public enum Split {
  /** The half that a model learns from. */
  TRAIN,
  /** The half that a model is judged on. */
  TEST;

  /** The other half. */
  public Split other() {
    return this == TRAIN ? TEST : TRAIN;
  }
}
