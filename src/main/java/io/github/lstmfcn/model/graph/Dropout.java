package io.github.lstmfcn.model.graph;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Keras' {@code Dropout}: the values that are not dropped are scaled up, so that the expected sum
 * does not change.
 */
final class Dropout {

  private Dropout() {}

  /**
   * Adds dropout in training, and nothing at inference.
   *
   * @param x float32 {@code (N, cells)}
   * @param input the input of the network, from which N is taken: taken from x, the gradient would
   *     be traced through the mask
   */
  static Operand<TFloat32> apply(
      Ops tf, Mode mode, Operand<TFloat32> x, Operand<TFloat32> input, int cells) {
    if (!(mode instanceof Mode.Training training) || training.dropout() == 0) {
      return x;
    }
    float rate = training.dropout();
    Operand<TInt32> shape = RecurrentInput.shape(tf, input, cells);
    Operand<TFloat32> uniform = tf.random.statelessRandomUniform(shape, training.seed());
    Operand<TFloat32> kept =
        tf.dtypes.cast(tf.math.greaterEqual(uniform, tf.constant(rate)), TFloat32.class);
    return tf.math.mul(x, tf.math.mul(kept, tf.constant(1 / (1 - rate)))); // (N, cells)
  }
}
