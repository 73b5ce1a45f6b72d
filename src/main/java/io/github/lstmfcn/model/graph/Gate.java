package io.github.lstmfcn.model.graph;

import io.github.lstmfcn.model.GateActivation;
import org.tensorflow.Operand;
import org.tensorflow.framework.activations.HardSigmoid;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** The activation function of a recurrent layer's gates. */
final class Gate {

  private Gate() {}

  static Operand<TFloat32> apply(Ops tf, GateActivation activation, Operand<TFloat32> x) {
    return switch (activation) {
      case HARD_SIGMOID -> HardSigmoid.hardSigmoid(tf, x);
      case SIGMOID -> tf.math.sigmoid(x);
    };
  }
}
