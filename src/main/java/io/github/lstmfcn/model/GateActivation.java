package io.github.lstmfcn.model;

/** Keras' {@code recurrent_activation}: the activation function of the gates i, f and o. */
public enum GateActivation {
  /**
   * {@code clip(0.2 x + 0.5, 0, 1)}: the default of Keras before 2.3, which the original code used.
   */
  HARD_SIGMOID("hard_sigmoid"),
  /**
   * The logistic function: the default of tf.keras 2 and Keras 3, and the one that CuDNN computes.
   */
  SIGMOID("sigmoid");

  private final String kerasName;

  GateActivation(String kerasName) {
    this.kerasName = kerasName;
  }

  /** The name in a Keras configuration. */
  @Override
  public String toString() {
    return kerasName;
  }
}
