package io.github.lstmfcn.model;

import org.tensorflow.Operand;
import org.tensorflow.framework.activations.HardSigmoid;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Keras' {@code recurrent_activation}: what squashes the gates i, f and o. */
public enum GateActivation {
  /** {@code clip(0.2 x + 0.5, 0, 1)}: the default of Keras before 2.3, so of the original. */
  HARD_SIGMOID("hard_sigmoid") {
    @Override
    public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x) {
      return HardSigmoid.hardSigmoid(tf, x);
    }
  },
  /** The logistic function: the default of tf.keras 2 and Keras 3, and what CuDNN computes. */
  SIGMOID("sigmoid") {
    @Override
    public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x) {
      return tf.math.sigmoid(x);
    }
  };

  private final String kerasName;

  GateActivation(String kerasName) {
    this.kerasName = kerasName;
  }

  public abstract Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x);

  /** The name in a Keras configuration. */
  @Override
  public String toString() {
    return kerasName;
  }
}
