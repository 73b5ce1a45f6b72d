package io.github.lstmfcn.bench;

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

/** A 2048² matrix product through TensorFlow, 17.2 GFLOP: the machine's yardstick. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 3)
public class MatmulBenchmark {
  private MatrixProduct matrices;

  /** Makes the matrices. */
  @Setup(Level.Trial)
  public void open() {
    matrices = new MatrixProduct();
  }

  /** Milliseconds a product. */
  @Benchmark
  public float product() {
    return matrices.sum();
  }

  /** Frees the matrices. */
  @TearDown(Level.Trial)
  public void close() {
    matrices.close();
  }
}
