package io.github.lstmfcn.bench;

import java.util.Random;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** A 2048² matrix product through TensorFlow: the machine's yardstick. */
final class MatrixProduct implements AutoCloseable {
  private static final int SIZE = 2048;

  /** Multiplications and additions of a product. */
  static final double FLOP = 2.0 * SIZE * SIZE * SIZE;

  private final Graph graph = new Graph();
  private final Session session;
  private final TFloat32 matrix;

  /** The matrix is fed rather than constant, so that the product is not folded away. */
  MatrixProduct() {
    Ops tf = Ops.create(graph);
    Placeholder<TFloat32> x =
        tf.withName("x").placeholder(TFloat32.class, Placeholder.shape(Shape.of(SIZE, SIZE)));
    // The sum keeps 16 MB from being copied out.
    tf.withName("sum").reduceSum(tf.linalg.matMul(x, x), tf.constant(new int[] {0, 1}));
    session = new Session(graph);
    Random random = new Random(1);
    float[] values = new float[SIZE * SIZE];
    for (int index = 0; index < values.length; index++) {
      values[index] = (float) random.nextGaussian();
    }
    matrix = TFloat32.tensorOf(Shape.of(SIZE, SIZE), DataBuffers.of(values));
  }

  /** The sum of the product's values. */
  float sum() {
    try (Result result = session.runner().feed("x", matrix).fetch("sum").run()) {
      return ((TFloat32) result.get(0)).getFloat();
    }
  }

  @Override
  public void close() {
    matrix.close();
    session.close();
    graph.close();
  }
}
