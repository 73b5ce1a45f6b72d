package io.github.lstmfcn.model.graph;

import io.github.lstmfcn.model.ConvolutionBlock;
import io.github.lstmfcn.model.WeightArray;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.types.TFloat32;

/**
 * Keras' {@code Conv1D(padding="same")}, {@code BatchNormalization} and ReLU as one unit: the names
 * of its arrays, the exact block and the folded weights for inference.
 *
 * @param number the number of the block, from 1
 */
record ConvBlock(int number) {

  /**
   * The results of the exact block.
   *
   * @param relu float32 {@code (N, T, filters)}
   * @param statistics the mean and variance of the batch; empty if it was normalised by the moving
   *     averages
   */
  record Output(Operand<TFloat32> relu, Optional<BatchStatistics> statistics) {}

  String kernel() {
    return ConvolutionBlock.convolution(number) + "/kernel";
  }

  String bias() {
    return ConvolutionBlock.convolution(number) + "/bias";
  }

  /** The name of its batch normalisation. */
  String normalization() {
    return ConvolutionBlock.normalization(number);
  }

  /** Whether an array belongs to the convolution. */
  boolean convolves(String array) {
    return array.startsWith(ConvolutionBlock.convolution(number) + "/");
  }

  /** Whether an array belongs to the batch normalisation. */
  boolean normalizes(String array) {
    return array.startsWith(normalization() + "/");
  }

  /** Whether an array belongs to the block. */
  boolean owns(String array) {
    return convolves(array)
        || normalizes(array)
        || array.startsWith(ConvolutionBlock.reduction(number) + "/")
        || array.startsWith(ConvolutionBlock.expansion(number) + "/");
  }

  /**
   * Adds the block to a graph, as Keras computes it.
   *
   * @param x float32 {@code (N, T, channels)}
   */
  Output exact(
      Ops tf, Mode mode, Operand<TFloat32> x, Function<String, Operand<TFloat32>> weights) {
    // As an image of height 1, because TensorFlow's Conv2D is faster.
    Operand<TFloat32> kernel =
        tf.expandDims(weights.apply(kernel()), tf.constant(0)); // (1, k, in, out)
    Operand<TFloat32> conv =
        tf.nn.conv2d(
            tf.expandDims(x, tf.constant(1)),
            kernel,
            List.of(1L, 1L, 1L, 1L),
            "SAME"); // (N, 1, T, out)
    conv = tf.nn.biasAdd(conv, weights.apply(bias()));
    BatchNormalization bn = BatchNormalization.apply(tf, mode, normalization(), conv, weights);
    flat(tf, ConvolutionBlock.convolution(number), conv);
    flat(tf, normalization(), bn.y());
    return new Output(flat(tf, "relu" + number, tf.nn.relu(bn.y())), bn.statistics());
  }

  private static Operand<TFloat32> flat(Ops tf, String name, Operand<TFloat32> x) {
    return tf.withName(name).squeeze(x, Squeeze.axis(List.of(1L))); // (N, T, out)
  }

  /**
   * Folds the batch normalisation, which uses moving averages, into kernel and bias, computed in
   * float64 and rounded once: with {@code s = gamma / sqrt(moving_variance + epsilon)}, the kernel
   * times {@code s} and {@code (bias - moving_mean) s + beta}.
   *
   * @param exact the arrays of the network
   * @return the folded arrays by name: float32 {@code (k, in, out)} and {@code (out)}
   */
  Map<String, WeightArray> folded(Map<String, WeightArray> exact) {
    WeightArray kernel = exact.get(kernel());
    float[] bias = exact.get(bias()).values();
    float[] gamma = exact.get(normalization() + "/gamma").values();
    float[] beta = exact.get(normalization() + "/beta").values();
    float[] mean = exact.get(normalization() + "/moving_mean").values();
    float[] variance = exact.get(normalization() + "/moving_variance").values();
    int filters = bias.length;
    float[] scaled = new float[kernel.values().length];
    float[] shifted = new float[filters];
    for (int filter = 0; filter < filters; filter++) {
      double scale =
          gamma[filter] / Math.sqrt((double) variance[filter] + BatchNormalization.EPSILON);
      shifted[filter] = (float) (((double) bias[filter] - mean[filter]) * scale + beta[filter]);
      for (int index = filter; index < scaled.length; index += filters) {
        scaled[index] = (float) (kernel.values()[index] * scale);
      }
    }
    Map<String, WeightArray> folded = new LinkedHashMap<>();
    folded.put(kernel(), new WeightArray(kernel.shape(), scaled));
    folded.put(bias(), new WeightArray(new int[] {filters}, shifted));
    return folded;
  }

  /** As {@link #folded(Map)}, in a graph. */
  Map<String, Operand<TFloat32>> folded(Ops tf, Map<String, Operand<TFloat32>> exact) {
    Operand<TFloat32> variance = exact.get(normalization() + "/moving_variance");
    Operand<TFloat32> scale =
        tf.math.mul(
            exact.get(normalization() + "/gamma"),
            tf.math.rsqrt(tf.math.add(variance, tf.constant(BatchNormalization.EPSILON))));
    Operand<TFloat32> centered =
        tf.math.sub(exact.get(bias()), exact.get(normalization() + "/moving_mean"));
    return Map.of(
        kernel(), tf.math.mul(exact.get(kernel()), scale),
        bias(), tf.math.add(tf.math.mul(centered, scale), exact.get(normalization() + "/beta")));
  }
}
