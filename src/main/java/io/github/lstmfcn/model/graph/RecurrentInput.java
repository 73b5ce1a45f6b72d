package io.github.lstmfcn.model.graph;

import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.Orientation;
import io.github.lstmfcn.model.RecurrentBranch;
import io.github.lstmfcn.model.Subsampling;
import java.util.List;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.op.core.Unstack;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * What a recurrent layer takes.
 *
 * @param x float32 {@code (N, steps, features)}, the number of steps known
 * @param mask float32 {@code (N, steps)}: 0 for a step whose features are all zero, else 1; null
 *     without masking
 * @param batch float32 {@code (N, …)}, from which N is taken: taken from x, a gradient would be
 *     traced through its shape
 */
record RecurrentInput(Operand<TFloat32> x, Operand<TFloat32> mask, Operand<TFloat32> batch) {

  /** A layer's input without a mask. */
  static RecurrentInput of(Operand<TFloat32> x) {
    return new RecurrentInput(x, null, x);
  }

  /**
   * Derives a recurrent layer's input from that of the network: subsampled, turned to the axis that
   * the layer takes step by step, and masked, as far as the network has these.
   *
   * @param input float32 {@code (N, M, T)}
   */
  static RecurrentInput of(
      Ops tf,
      ModelSpec spec,
      Operand<TFloat32> input,
      Function<String, Operand<TFloat32>> weights) {
    RecurrentBranch branch = spec.recurrent();
    boolean overSteps = branch.orientation() == Orientation.OVER_STEPS;
    Operand<TFloat32> x = input;
    if (branch.subsampling() != null) {
      x = subsampled(tf, branch.subsampling(), input, weights); // (N, T / stride, filters)
      x = overSteps ? x : transposed(tf, x);
    } else if (overSteps) {
      x = transposed(tf, x); // (N, T, M)
    }
    return new RecurrentInput(x, branch.masking() ? mask(tf, x) : null, input);
  }

  /**
   * {@code Conv1D(use_bias=False, padding="same")} over time, as an image of height 1, and ReLU.
   */
  private static Operand<TFloat32> subsampled(
      Ops tf,
      Subsampling subsampling,
      Operand<TFloat32> input,
      Function<String, Operand<TFloat32>> weights) {
    Operand<TFloat32> image = tf.expandDims(transposed(tf, input), tf.constant(1)); // (N, 1, T, M)
    Operand<TFloat32> kernel =
        tf.expandDims(weights.apply(Subsampling.NAME + "/kernel"), tf.constant(0));
    List<Long> strides = List.of(1L, 1L, (long) subsampling.stride(), 1L);
    Operand<TFloat32> relu = tf.nn.relu(tf.nn.conv2d(image, kernel, strides, "SAME"));
    return tf.squeeze(relu, Squeeze.axis(List.of(1L))); // (N, T / stride, filters)
  }

  /** Swaps the last two of three axes. */
  static Operand<TFloat32> transposed(Ops tf, Operand<TFloat32> x) {
    return tf.linalg.transpose(x, tf.constant(new int[] {0, 2, 1}));
  }

  private static Operand<TFloat32> mask(Ops tf, Operand<TFloat32> x) {
    var notZero = tf.math.notEqual(tf.stopGradient(x), tf.constant(0f));
    return tf.dtypes.cast(tf.reduceAny(notZero, tf.constant(2)), TFloat32.class); // (N, steps)
  }

  int steps() {
    return (int) x.shape().get(1);
  }

  int features() {
    return (int) x.shape().get(2);
  }

  /** The steps of all series: {@code (N steps, features)}. */
  Operand<TFloat32> rows(Ops tf) {
    return tf.reshape(x, tf.constant(new int[] {-1, features()}));
  }

  /** The state before the first step. */
  Lstm.State initialState(Ops tf, int cells) {
    Operand<TFloat32> zeros = tf.zeros(shape(tf, batch, cells), TFloat32.class);
    return new Lstm.State(zeros, zeros);
  }

  /** {@code (N, width)} for a batch of N series. */
  static Operand<TInt32> shape(Ops tf, Operand<TFloat32> batch, int width) {
    Operand<TInt32> size =
        tf.slice(tf.shape(batch), tf.constant(new int[] {0}), tf.constant(new int[] {1}));
    return tf.concat(List.of(size, tf.constant(new int[] {width})), tf.constant(0));
  }

  /** The factors by which a step's new state counts, float32 {@code (N, 1)} per step; or null. */
  List<Operand<TFloat32>> masks(Ops tf) {
    return mask == null ? null : unstacked(tf, tf.expandDims(mask, tf.constant(2)), steps());
  }

  /** {@code (N, steps, D)} as a list of {@code (N, D)}. */
  static List<Operand<TFloat32>> unstacked(Ops tf, Operand<TFloat32> x, int steps) {
    return List.copyOf(tf.unstack(x, (long) steps, Unstack.axis(1L)).output());
  }
}
