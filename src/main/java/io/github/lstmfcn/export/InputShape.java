package io.github.lstmfcn.export;

import io.github.lstmfcn.model.ModelSpec;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The shape of an exported model's input.
 *
 * @param variables the number of variables M of a series
 * @param length the number of steps T of a series
 * @param flat whether a series is one row, its variables one after another
 */
record InputShape(int variables, int length, boolean flat) {

  /** The shape for a network; always flat for a univariate one. */
  static InputShape of(ModelSpec spec, boolean flat) {
    return new InputShape(spec.variables(), spec.length(), flat || spec.variables() == 1);
  }

  /** {@code (size, M T)} or {@code (size, M, T)}. */
  Shape ofBatch(long size) {
    return flat ? Shape.of(size, size()) : Shape.of(size, variables, length);
  }

  /** The number of values of a series. */
  int size() {
    return variables * length;
  }

  /** Gives series of this shape an axis of variables, {@code (N, M, T)}. */
  Operand<TFloat32> withVariables(Ops tf, Operand<TFloat32> series) {
    return flat ? tf.reshape(series, tf.constant(new int[] {-1, variables, length})) : series;
  }

  /** {@code (-1, 12, 26)}, as TensorFlow writes the shape of any number of series. */
  @Override
  public String toString() {
    return flat ? "(-1, %s)".formatted(size()) : "(-1, %s, %s)".formatted(variables, length);
  }
}
