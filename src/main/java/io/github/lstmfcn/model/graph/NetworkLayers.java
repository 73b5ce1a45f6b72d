package io.github.lstmfcn.model.graph;

import io.github.lstmfcn.model.ModelWeights;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * An implementation of the layers that {@link LstmFcnGraph} wires: exactly as Keras computes them,
 * for training or for inference. All implementations are the same function of input and weights, up
 * to rounding.
 *
 * @param <X> how the series of the convolutional branch are held: of shape {@code (N, T, channels)}
 *     in the documentation, in memory in whatever order is fast
 */
public interface NetworkLayers<X> {

  /**
   * The recurrent branch.
   *
   * @param name the name of the operation that returns it
   * @param input float32 {@code (N, M, T)}
   * @return float32 {@code (N, cells)}
   */
  Operand<TFloat32> recurrent(String name, Operand<TFloat32> input);

  /**
   * The dropout after the recurrent branch; none at inference.
   *
   * @param lstm float32 {@code (N, cells)}
   * @param input float32 {@code (N, M, T)}
   * @return float32 {@code (N, cells)}
   */
  default Operand<TFloat32> dropout(Operand<TFloat32> lstm, Operand<TFloat32> input) {
    return lstm;
  }

  /**
   * The input as series with one channel per variable.
   *
   * @param input float32 {@code (N, M, T)}
   * @return {@code (N, T, M)}
   */
  X permuted(Operand<TFloat32> input);

  /**
   * A convolution block without its squeeze-and-excite.
   *
   * @param number the number of the block, from 1
   * @param x {@code (N, T, channels)}
   * @return {@code (N, T, filters)}
   */
  X block(int number, X x);

  /**
   * The mean over time.
   *
   * @param name the name of the operation that returns it
   * @param x {@code (N, T, filters)}
   * @return float32 {@code (N, filters)}
   */
  Operand<TFloat32> pooled(String name, X x);

  /**
   * The channels of a block, each multiplied by its factor.
   *
   * @param number the number of the block, from 1
   * @param x {@code (N, T, filters)}
   * @param scale float32 {@code (N, filters)}
   * @return {@code (N, T, filters)}
   */
  X scaled(int number, X x, Operand<TFloat32> scale);

  /**
   * What the head reads: the joined outputs of the branches; where inference marks overflow, NaN
   * for a series whose sums could overflow.
   *
   * @param features float32 {@code (N, features)}
   * @param input float32 {@code (N, M, T)}
   * @return float32 {@code (N, features)}
   */
  default Operand<TFloat32> checked(Operand<TFloat32> features, Operand<TFloat32> input) {
    return features;
  }

  /** An array of {@link ModelWeights#shapes} that is used unchanged. */
  Operand<TFloat32> weight(String name);
}
