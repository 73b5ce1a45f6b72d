package io.github.lstmfcn.bench;

import io.github.lstmfcn.model.graph.FoldedModel;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Time a series by the size of its batch: what the default batch size was chosen from. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 1, time = 2)
@Measurement(iterations = 3, time = 2)
public class BatchSizeBenchmark {
  private static final int SERIES = 256;

  /** Steps of a series. */
  @Param({"24", "60", "128", "286", "500", "1639"})
  public int length;

  /** Series at once. */
  @Param({"1", "8", "16", "32", "64", "128", "256"})
  public int batchSize;

  private float[][] series;
  private FoldedModel session;

  /** Builds a model. */
  @Setup(Level.Trial)
  public void open() {
    Shape shape = new Shape(1, length, SERIES, 8);
    series = shape.series();
    session = new FoldedModel(shape.weights());
  }

  /** Microseconds a series. */
  @Benchmark
  @OperationsPerInvocation(SERIES)
  public float[][] series() {
    return session.probabilities(series, batchSize);
  }

  /** Frees the model. */
  @TearDown(Level.Trial)
  public void close() {
    session.close();
  }
}
