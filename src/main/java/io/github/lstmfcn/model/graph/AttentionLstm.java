package io.github.lstmfcn.model.graph;

import io.github.lstmfcn.model.ModelSpec;
import java.util.List;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.op.core.Stack;
import org.tensorflow.types.TFloat32;

/**
 * The attention LSTM of ALSTM-FCN (2019 paper, section II-C, after Bahdanau et al. 2014). At every
 * step it computes the alignment {@code e_j = v' tanh(U h + W x_j + b)} of each input step, the
 * softmax alpha of the alignments, and an LSTM step that takes the context {@code sum_j alpha_j
 * x_j} as a second input.
 */
final class AttentionLstm {

  private AttentionLstm() {}

  /**
   * The results of the recurrence.
   *
   * @param h float32 {@code (N, cells)}, the last output
   * @param attention float32 {@code (N, steps, D)}, the weighted inputs whose sum over the steps is
   *     the last context; across the batch {@code (N, 1, D)}, the context itself
   */
  record Output(Operand<TFloat32> h, Operand<TFloat32> attention) {}

  /**
   * Adds the recurrence to a graph, unrolled over the steps.
   *
   * @param x float32 {@code (N, steps, D)}, the number of steps known
   */
  static Output apply(
      Ops tf, ModelSpec spec, Operand<TFloat32> x, Function<String, Operand<TFloat32>> weights) {
    List<Operand<TFloat32>> steps = Lstm.steps(tf, x);
    Lstm.State state = Lstm.initialState(tf, x, spec.cells());
    Operand<TFloat32> attention = null;
    for (Operand<TFloat32> step : steps) { // (N, D)
      attention =
          spec.dependsOnBatch()
              ? acrossBatch(tf, step, state.h(), weights)
              : perSeries(tf, steps, state.h(), weights);
      Operand<TFloat32> context = tf.reduceSum(attention, tf.constant(1)); // (N, D)
      Operand<TFloat32> z = tf.linalg.matMul(step, weights.apply("lstm/kernel")); // (N, 4 cells)
      z = tf.math.add(z, tf.linalg.matMul(state.h(), weights.apply("lstm/recurrent_kernel")));
      z = tf.math.add(z, tf.linalg.matMul(context, weights.apply("lstm/attention_kernel")));
      z = tf.nn.biasAdd(z, weights.apply("lstm/bias"));
      state = Lstm.advance(tf, z, state, spec.gateActivation());
    }
    return new Output(state.h(), attention);
  }

  /** The weighted steps of each series: {@code (N, steps, D)}. */
  private static Operand<TFloat32> perSeries(
      Ops tf,
      List<Operand<TFloat32>> steps,
      Operand<TFloat32> h,
      Function<String, Operand<TFloat32>> weights) {
    Operand<TFloat32> alpha = alpha(tf, steps, h, weights); // (N, steps)
    Operand<TFloat32> inputs = tf.stack(steps, Stack.axis(1L));
    return tf.math.mul(inputs, tf.expandDims(alpha, tf.constant(2))); // (N, steps, D)
  }

  /** The sum over the batch, weighted by the softmax over the single step that the cell sees. */
  private static Operand<TFloat32> acrossBatch(
      Ops tf,
      Operand<TFloat32> step,
      Operand<TFloat32> h,
      Function<String, Operand<TFloat32>> weights) {
    Operand<TFloat32> alpha = alpha(tf, List.of(step), h, weights); // (N, 1)
    Operand<TFloat32> sum = tf.reduceSum(step, tf.constant(0), ReduceSum.keepDims(true)); // (1, D)
    return tf.math.mul(
        tf.expandDims(sum, tf.constant(0)), tf.expandDims(alpha, tf.constant(2))); // (N, 1, D)
  }

  private static Operand<TFloat32> alpha(
      Ops tf,
      List<Operand<TFloat32>> steps,
      Operand<TFloat32> h,
      Function<String, Operand<TFloat32>> weights) {
    Operand<TFloat32> query = tf.linalg.matMul(h, weights.apply("lstm/attention_U")); // (N, cells)
    List<Operand<TFloat32>> scores =
        steps.stream()
            .<Operand<TFloat32>>map(
                step -> {
                  Operand<TFloat32> key = tf.linalg.matMul(step, weights.apply("lstm/attention_W"));
                  key = tf.nn.biasAdd(key, weights.apply("lstm/attention_b")); // (N, cells)
                  Operand<TFloat32> energy = tf.math.tanh(tf.math.add(query, key));
                  return tf.linalg.matMul(energy, weights.apply("lstm/attention_v")); // (N, 1)
                })
            .toList();
    Operand<TFloat32> stacked = tf.stack(scores, Stack.axis(1L));
    return tf.nn.softmax(tf.squeeze(stacked, Squeeze.axis(List.of(2L)))); // (N, steps)
  }
}
