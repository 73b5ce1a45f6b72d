package io.github.lstmfcn.model.graph;

import io.github.lstmfcn.model.ConvolutionBlock;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Squeeze-and-excite of the multivariate paper (section 3.2): the mean over time of each channel
 * passes a dense layer with ReLU and one with a sigmoid, both without bias.
 */
final class SqueezeAndExcite {

  private SqueezeAndExcite() {}

  /**
   * The factors of the channels. Names the operations {@code se1_reduced} and {@code se1_scale} for
   * the first block.
   *
   * @param number the number of the block, from 1
   * @param squeezed the mean over time, float32 {@code (N, filters)}
   * @return float32 {@code (N, filters)}
   */
  static Operand<TFloat32> scale(
      Ops tf, int number, Operand<TFloat32> squeezed, Function<String, Operand<TFloat32>> weights) {
    String name = "se" + number;
    Operand<TFloat32> x = // (N, bottleneck)
        tf.linalg.matMul(squeezed, weights.apply(ConvolutionBlock.reduction(number) + "/kernel"));
    x = tf.withName(name + "_reduced").nn.relu(x); // (N, bottleneck)
    x = tf.linalg.matMul(x, weights.apply(ConvolutionBlock.expansion(number) + "/kernel"));
    return tf.withName(name + "_scale").math.sigmoid(x); // (N, filters)
  }
}
