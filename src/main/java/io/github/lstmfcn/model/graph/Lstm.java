package io.github.lstmfcn.model.graph;

import io.github.lstmfcn.model.GateActivation;
import io.github.lstmfcn.model.ModelSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Unstack;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Keras 2's {@code LSTM} layer, which returns the last output. The gates are in the order i, f, c,
 * o.
 */
final class Lstm {

  private Lstm() {}

  /** Output and cell state, each {@code (N, cells)}. */
  record State(Operand<TFloat32> h, Operand<TFloat32> c) {}

  /**
   * Adds the recurrence to a graph, unrolled over the steps.
   *
   * @param x float32 {@code (N, steps, D)}, the number of steps known
   * @return float32 {@code (N, cells)}
   */
  static Operand<TFloat32> apply(
      Ops tf, ModelSpec spec, Operand<TFloat32> x, Function<String, Operand<TFloat32>> weights) {
    State state = initialState(tf, x, spec.cells());
    for (Operand<TFloat32> step : steps(tf, x)) { // (N, D)
      Operand<TFloat32> z = tf.linalg.matMul(step, weights.apply("lstm/kernel")); // (N, 4 cells)
      z = tf.math.add(z, tf.linalg.matMul(state.h(), weights.apply("lstm/recurrent_kernel")));
      z = tf.nn.biasAdd(z, weights.apply("lstm/bias"));
      state = advance(tf, z, state, spec.gateActivation());
    }
    return state.h();
  }

  /** Computes one step of the cell: {@code c = f c + i tanh(g)}, {@code h = o tanh(c)}. */
  static State advance(Ops tf, Operand<TFloat32> z, State previous, GateActivation gate) {
    List<? extends Operand<TFloat32>> parts = tf.split(tf.constant(1), z, 4L).output();
    Operand<TFloat32> i = Gate.apply(tf, gate, parts.get(0)); // (N, cells)
    Operand<TFloat32> f = Gate.apply(tf, gate, parts.get(1));
    Operand<TFloat32> g = tf.math.tanh(parts.get(2));
    Operand<TFloat32> o = Gate.apply(tf, gate, parts.get(3));
    Operand<TFloat32> c = tf.math.add(tf.math.mul(f, previous.c()), tf.math.mul(i, g));
    return new State(tf.math.mul(o, tf.math.tanh(c)), c);
  }

  static State initialState(Ops tf, Operand<TFloat32> x, int cells) {
    Operand<TFloat32> zeros = tf.zeros(stateShape(tf, x, cells), TFloat32.class);
    return new State(zeros, zeros);
  }

  /** {@code (N, cells)} for x of {@code (N, steps, D)}. */
  static Operand<TInt32> stateShape(Ops tf, Operand<TFloat32> x, int cells) {
    Operand<TInt32> batch =
        tf.slice(tf.shape(x), tf.constant(new int[] {0}), tf.constant(new int[] {1}));
    return tf.concat(List.of(batch, tf.constant(new int[] {cells})), tf.constant(0));
  }

  /** {@code (N, steps, D)} as a list of {@code (N, D)}. */
  static List<Operand<TFloat32>> steps(Ops tf, Operand<TFloat32> x) {
    Shape shape = x.shape();
    return new ArrayList<>(tf.unstack(x, shape.get(1), Unstack.axis(1L)).output());
  }
}
