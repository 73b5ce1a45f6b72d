package io.github.lstmfcn.model.graph;

import io.github.lstmfcn.model.ModelSpec;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.types.TFloat32;

/**
 * {@link Lstm} and {@link AttentionLstm} in fewer and larger products: those with the input are
 * computed for all steps at once, and the context is multiplied by the attention kernel before it
 * is summed, {@code (sum_j alpha_j x_j) A = sum_j alpha_j (x_j A)}.
 */
final class UnrolledLstm {
  private final Ops tf;
  private final RecurrentInput input;
  private final Function<String, Operand<TFloat32>> weights;
  private final int cells;
  private final boolean trained;

  private UnrolledLstm(
      Ops tf,
      RecurrentInput input,
      Function<String, Operand<TFloat32>> weights,
      int cells,
      boolean trained) {
    this.tf = tf;
    this.input = input;
    this.weights = weights;
    this.cells = cells;
    this.trained = trained;
  }

  /** A step of the cell. */
  interface Cell {
    /**
     * Computes the next state.
     *
     * @param z float32 {@code (N, 4 cells)}, what the gates take
     */
    Lstm.State advance(Operand<TFloat32> z, Lstm.State previous);
  }

  /**
   * Adds the recurrence to a graph.
   *
   * @param weights the arrays of the layer, with the gates in the order that the cell expects
   * @return the last output, float32 {@code (N, cells)}
   */
  static Operand<TFloat32> forTraining(
      Ops tf,
      ModelSpec spec,
      RecurrentInput input,
      Function<String, Operand<TFloat32>> weights,
      Cell cell) {
    return new UnrolledLstm(tf, input, weights, spec.cells(), true).run(spec.hasAttention(), cell);
  }

  /** As {@link #forTraining}, in fewer operations, whose gradients are not to be taken. */
  static Operand<TFloat32> forInference(
      Ops tf,
      ModelSpec spec,
      RecurrentInput input,
      Function<String, Operand<TFloat32>> weights,
      Cell cell) {
    return new UnrolledLstm(tf, input, weights, spec.cells(), false).run(spec.hasAttention(), cell);
  }

  /**
   * An operand with several uses, in training each through an identity of the one before. The
   * gradient is then a sum of two terms at every identity; as one sum of all terms it would be
   * added up in an order that varies from run to run.
   */
  private final class Reused {
    private Operand<TFloat32> latest;

    Reused(Operand<TFloat32> operand) {
      latest = operand;
    }

    Operand<TFloat32> next() {
      Operand<TFloat32> use = latest;
      latest = trained ? tf.identity(latest) : latest;
      return use;
    }
  }

  private Operand<TFloat32> run(boolean attention, Cell cell) {
    Reused x = new Reused(input.rows(tf)); // (N steps, features)
    Operand<TFloat32> z = tf.linalg.matMul(x.next(), weights.apply("lstm/kernel"));
    z = tf.nn.biasAdd(z, weights.apply("lstm/bias")); // (N steps, 4 cells)
    List<Operand<TFloat32>> projected = // (N, 4 cells) each
        RecurrentInput.unstacked(tf, series(z, 4 * cells), input.steps());
    BinaryOperator<Operand<TFloat32>> context = attention ? attention(x) : null;
    Reused recurrent = new Reused(weights.apply("lstm/recurrent_kernel"));
    List<Operand<TFloat32>> masks = input.masks(tf);
    Lstm.State state = input.initialState(tf, cells);
    for (int step = 0; step < input.steps(); step++) {
      Reused h = new Reused(state.h());
      Operand<TFloat32> gates =
          tf.math.add(projected.get(step), tf.linalg.matMul(h.next(), recurrent.next()));
      if (attention) {
        gates = context.apply(gates, h.next());
      }
      Lstm.State next = cell.advance(gates, state);
      state =
          masks == null
              ? next
              : next.masked(tf, masks.get(step), new Lstm.State(h.next(), state.c()));
    }
    return state.h();
  }

  /** A function of the gates' input and the last output that adds the context to the former. */
  private BinaryOperator<Operand<TFloat32>> attention(Reused x) {
    AttentionLstm.Keys all = AttentionLstm.Keys.of(tf, x.next(), input.steps(), cells, weights);
    Reused keys = new Reused(all.values()); // (N, steps, cells)
    Operand<TFloat32> product = tf.linalg.matMul(x.next(), weights.apply("lstm/attention_kernel"));
    Reused values = new Reused(series(product, 4 * cells)); // (N, steps, 4 cells)
    Reused u = new Reused(weights.apply("lstm/attention_U"));
    Reused v = new Reused(weights.apply("lstm/attention_v"));
    return (gates, h) -> {
      AttentionLstm.Keys seen = new AttentionLstm.Keys(keys.next(), all.steps(), all.cells());
      Operand<TFloat32> alpha = seen.alpha(tf, h, u.next(), v.next()); // (N, steps)
      Operand<TFloat32> context = // (N, 1, 4 cells)
          tf.train.batchMatMul(tf.expandDims(alpha, tf.constant(1)), values.next(), TFloat32.class);
      return tf.math.add(gates, tf.squeeze(context, Squeeze.axis(List.of(1L))));
    };
  }

  /** {@code (N steps, width)} as {@code (N, steps, width)}. */
  private Operand<TFloat32> series(Operand<TFloat32> x, int width) {
    return tf.reshape(x, tf.constant(new int[] {-1, input.steps(), width}));
  }
}
