package io.github.lstmfcn.bench;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** A 2048² matrix product through TensorFlow, 17.2 GFLOP: the machine's yardstick. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 3)
public class MatmulBenchmark {
  private static final int SIZE = 2048;

  private Graph graph;
  private Session session;
  private TFloat32 matrix;

  /** Fed rather than constant, so that the product is not folded away. */
  @Setup(Level.Trial)
  public void open() {
    graph = new Graph();
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

  /** Milliseconds a product. */
  @Benchmark
  public float product() {
    try (Result result = session.runner().feed("x", matrix).fetch("sum").run()) {
      return ((TFloat32) result.get(0)).getFloat();
    }
  }

  /** Frees the matrices. */
  @TearDown(Level.Trial)
  public void close() {
    matrix.close();
    session.close();
    graph.close();
  }
}
