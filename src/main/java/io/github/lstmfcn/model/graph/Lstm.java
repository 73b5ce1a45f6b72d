package io.github.lstmfcn.model.graph;

import io.github.lstmfcn.model.GateActivation;
import io.github.lstmfcn.model.ModelSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Keras 2's {@code LSTM} layer. The gates are in the order i, f, c, o; a step that is masked leaves
 * output and state as they were.
 */
final class Lstm {

  private Lstm() {}

  /** Output and cell state, each {@code (N, cells)}. */
  record State(Operand<TFloat32> h, Operand<TFloat32> c) {

    /** This state where the mask, {@code (N, 1)}, is 1, and an earlier one where it is 0. */
    State masked(Ops tf, Operand<TFloat32> mask, State earlier) {
      Operand<TFloat32> rest = tf.math.sub(tf.constant(1f), mask);
      return new State(
          tf.math.add(tf.math.mul(h, mask), tf.math.mul(earlier.h, rest)),
          tf.math.add(tf.math.mul(c, mask), tf.math.mul(earlier.c, rest)));
    }
  }

  /**
   * Adds the recurrence to a graph, unrolled over the steps.
   *
   * @return the output of each step, float32 {@code (N, cells)}
   */
  static List<Operand<TFloat32>> apply(
      Ops tf, ModelSpec spec, RecurrentInput input, Function<String, Operand<TFloat32>> weights) {
    List<Operand<TFloat32>> steps = RecurrentInput.unstacked(tf, input.x(), input.steps());
    List<Operand<TFloat32>> masks = input.masks(tf);
    State state = input.initialState(tf, spec.cells());
    List<Operand<TFloat32>> outputs = new ArrayList<>();
    for (Operand<TFloat32> step : steps) { // (N, D)
      Operand<TFloat32> z = tf.linalg.matMul(step, weights.apply("lstm/kernel")); // (N, 4 cells)
      z = tf.math.add(z, tf.linalg.matMul(state.h(), weights.apply("lstm/recurrent_kernel")));
      z = tf.nn.biasAdd(z, weights.apply("lstm/bias"));
      State next = advance(tf, z, state, spec.gateActivation());
      state = masks == null ? next : next.masked(tf, masks.get(outputs.size()), state);
      outputs.add(state.h());
    }
    return outputs;
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
}
