package io.github.lstmfcn.model.graph;

import io.github.lstmfcn.model.ModelWeights;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * A way to compute the layers that {@link LstmFcnGraph} wires: exactly as Keras does, for gradients
 * or for predictions. All give the same function of input and weights, to rounding.
 *
 * @param <X> how the series of the convolutional branch are held: of shape {@code (N, T, channels)}
 *     to the reader, in whatever order is fast
 */
public interface NetworkLayers<X> {

  /**
   * The recurrent branch.
   *
   * @param input float32 {@code (N, 1, T)}
   * @return float32 {@code (N, cells)}
   */
  Operand<TFloat32> recurrent(Operand<TFloat32> input);

  /**
   * The recurrent branch's dropout; none at inference.
   *
   * @param lstm float32 {@code (N, cells)}
   * @param input float32 {@code (N, 1, T)}
   * @return float32 {@code (N, cells)}
   */
  default Operand<TFloat32> dropout(Operand<TFloat32> lstm, Operand<TFloat32> input) {
    return lstm;
  }

  /**
   * The input as series of one channel.
   *
   * @param input float32 {@code (N, 1, T)}
   * @return {@code (N, T, 1)}
   */
  X permuted(Operand<TFloat32> input);

  /**
   * A convolution block.
   *
   * @param number of the block, from 1
   * @param x {@code (N, T, channels)}
   * @return {@code (N, T, filters)}
   */
  X block(int number, X x);

  /**
   * The mean over time.
   *
   * @param x {@code (N, T, filters)}
   * @return float32 {@code (N, filters)}
   */
  Operand<TFloat32> pooled(X x);

  /** An array of {@link ModelWeights#shapes} that is used as it is. */
  Operand<TFloat32> weight(String name);
}
