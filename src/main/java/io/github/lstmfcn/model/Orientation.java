package io.github.lstmfcn.model;

/** The axis of a series that the recurrent layer takes step by step. */
public enum Orientation {
  /**
   * Over the variables: a step is a variable, with the values at all times as its features. This is
   * the dimension shuffle of the original networks; a univariate series is one step.
   */
  OVER_VARIABLES("over-variables"),
  /**
   * Over time: a step is a point in time, with the variables as its features, as in sktime's {@code
   * LSTMFCNClassifier} and other networks without a dimension shuffle.
   */
  OVER_STEPS("over-steps");

  private final String title;

  Orientation(String title) {
    this.title = title;
  }

  @Override
  public String toString() {
    return title;
  }
}
