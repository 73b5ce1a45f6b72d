package io.github.lstmfcn.model.graph;

import io.github.lstmfcn.model.ModelSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TFloat32;

/**
 * The attention LSTM of the papers' authors (2019 paper, section II-C, after Bahdanau et al. 2014).
 * At every step it computes the alignment {@code e_j = v' tanh(U h + W x_j + b)} of each input
 * step, the softmax alpha of the alignments, and an LSTM step that takes the context {@code sum_j
 * alpha_j x_j} as a second input. A masked step takes part in the softmax like any other.
 */
final class AttentionLstm {

  private AttentionLstm() {}

  /**
   * The results of the recurrence.
   *
   * @param h the output of each step, float32 {@code (N, cells)}
   * @param alpha the softmax of each step, float32 {@code (N, steps)}; across the batch {@code (N,
   *     1)}
   * @param attention float32 {@code (N, steps, D)}, the weighted inputs whose sum over the steps is
   *     the last context; across the batch {@code (N, 1, D)}, the context itself
   */
  record Output(
      List<Operand<TFloat32>> h, List<Operand<TFloat32>> alpha, Operand<TFloat32> attention) {}

  /** Adds the recurrence to a graph, unrolled over the steps. */
  static Output apply(
      Ops tf, ModelSpec spec, RecurrentInput input, Function<String, Operand<TFloat32>> weights) {
    List<Operand<TFloat32>> steps = RecurrentInput.unstacked(tf, input.x(), input.steps());
    List<Operand<TFloat32>> masks = input.masks(tf);
    Keys keys = Keys.of(tf, input.rows(tf), input.steps(), spec.cells(), weights);
    Lstm.State state = input.initialState(tf, spec.cells());
    List<Operand<TFloat32>> outputs = new ArrayList<>();
    List<Operand<TFloat32>> alphas = new ArrayList<>();
    Operand<TFloat32> attention = null;
    for (Operand<TFloat32> step : steps) { // (N, D)
      Keys seen = spec.dependsOnBatch() ? Keys.of(tf, step, 1, spec.cells(), weights) : keys;
      Operand<TFloat32> alpha =
          seen.alpha(
              tf,
              state.h(),
              weights.apply("lstm/attention_U"),
              weights.apply("lstm/attention_v")); // (N, steps)
      attention =
          spec.dependsOnBatch() ? acrossBatch(tf, step, alpha) : weighted(tf, input.x(), alpha);
      Operand<TFloat32> context = tf.reduceSum(attention, tf.constant(1)); // (N, D)
      Operand<TFloat32> z = tf.linalg.matMul(step, weights.apply("lstm/kernel")); // (N, 4 cells)
      z = tf.math.add(z, tf.linalg.matMul(state.h(), weights.apply("lstm/recurrent_kernel")));
      z = tf.math.add(z, tf.linalg.matMul(context, weights.apply("lstm/attention_kernel")));
      z = tf.nn.biasAdd(z, weights.apply("lstm/bias"));
      Lstm.State next = Lstm.advance(tf, z, state, spec.gateActivation());
      state = masks == null ? next : next.masked(tf, masks.get(outputs.size()), state);
      outputs.add(state.h());
      alphas.add(alpha);
    }
    return new Output(outputs, alphas, attention);
  }

  /** The steps of each series, weighted: {@code (N, steps, D)}. */
  private static Operand<TFloat32> weighted(Ops tf, Operand<TFloat32> x, Operand<TFloat32> alpha) {
    return tf.math.mul(x, tf.expandDims(alpha, tf.constant(2)));
  }

  /** The sum over the batch, weighted by the softmax over the single step that the cell sees. */
  private static Operand<TFloat32> acrossBatch(
      Ops tf, Operand<TFloat32> step, Operand<TFloat32> alpha) {
    Operand<TFloat32> sum = tf.reduceSum(step, tf.constant(0), ReduceSum.keepDims(true)); // (1, D)
    return tf.math.mul(
        tf.expandDims(sum, tf.constant(0)), tf.expandDims(alpha, tf.constant(2))); // (N, 1, D)
  }

  /**
   * What the alignment takes of the input: {@code W x_j + b}.
   *
   * @param values float32 {@code (N, steps, cells)}
   * @param steps the number of steps
   * @param cells the number of cells
   */
  record Keys(Operand<TFloat32> values, int steps, int cells) {

    /**
     * Computes the keys of the steps.
     *
     * @param rows the steps of all series, float32 {@code (N steps, D)}
     */
    static Keys of(
        Ops tf,
        Operand<TFloat32> rows,
        int steps,
        int cells,
        Function<String, Operand<TFloat32>> weights) {
      Operand<TFloat32> keys = tf.linalg.matMul(rows, weights.apply("lstm/attention_W"));
      keys = tf.nn.biasAdd(keys, weights.apply("lstm/attention_b")); // (N steps, cells)
      return new Keys(tf.reshape(keys, tf.constant(new int[] {-1, steps, cells})), steps, cells);
    }

    /**
     * The softmax of the alignments with an output: {@code (N, steps)}.
     *
     * @param h the output, {@code (N, cells)}
     * @param u the array {@code attention_U}
     * @param v the array {@code attention_v}
     */
    Operand<TFloat32> alpha(Ops tf, Operand<TFloat32> h, Operand<TFloat32> u, Operand<TFloat32> v) {
      Operand<TFloat32> query = tf.expandDims(tf.linalg.matMul(h, u), tf.constant(1));
      Operand<TFloat32> energy = tf.math.tanh(tf.math.add(values, query)); // (N, steps, cells)
      energy = tf.reshape(energy, tf.constant(new int[] {-1, cells}));
      Operand<TFloat32> scores = tf.linalg.matMul(energy, v); // (N steps, 1)
      return tf.nn.softmax(tf.reshape(scores, tf.constant(new int[] {-1, steps})));
    }
  }
}
