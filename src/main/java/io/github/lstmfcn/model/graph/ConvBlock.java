package io.github.lstmfcn.model.graph;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.types.TFloat32;

/**
 * Keras' {@code Conv1D(padding="same")}, {@code BatchNormalization} and ReLU.
 *
 * @param conv float32 {@code (N, T, filters)}
 * @param bn float32 {@code (N, T, filters)}
 * @param relu float32 {@code (N, T, filters)}
 * @param statistics of the batch, where it was normalised by them
 */
record ConvBlock(
    Operand<TFloat32> conv,
    Operand<TFloat32> bn,
    Operand<TFloat32> relu,
    Optional<BatchStatistics> statistics) {

  /**
   * Adds block {@code block} to the graph.
   *
   * @param x float32 {@code (N, T, channels)}
   * @param block 1 to 3: the block's weights are {@code conv<block>} and {@code bn<block>}
   */
  static ConvBlock apply(
      Ops tf,
      Mode mode,
      int block,
      Operand<TFloat32> x,
      Function<String, Operand<TFloat32>> weights) {
    // As a picture of height 1: the kernels of Conv2D are the fast ones.
    Operand<TFloat32> kernel =
        tf.expandDims(weights.apply("conv" + block + "/kernel"), tf.constant(0)); // (1, k, in, out)
    Operand<TFloat32> conv =
        tf.nn.conv2d(
            tf.expandDims(x, tf.constant(1)),
            kernel,
            List.of(1L, 1L, 1L, 1L),
            "SAME"); // (N, 1, T, out)
    conv = tf.nn.biasAdd(conv, weights.apply("conv" + block + "/bias"));
    BatchNormalization bn = BatchNormalization.apply(tf, mode, "bn" + block, conv, weights);
    Operand<TFloat32> relu = tf.nn.relu(bn.y());
    return new ConvBlock(
        flat(tf, "conv" + block, conv),
        flat(tf, "bn" + block, bn.y()),
        flat(tf, "relu" + block, relu),
        bn.statistics());
  }

  private static Operand<TFloat32> flat(Ops tf, String name, Operand<TFloat32> x) {
    return tf.withName(name).squeeze(x, Squeeze.axis(List.of(1L))); // (N, T, out)
  }
}
