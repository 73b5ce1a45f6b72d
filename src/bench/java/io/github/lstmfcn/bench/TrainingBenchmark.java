package io.github.lstmfcn.bench;

import io.github.lstmfcn.training.Recipe;
import io.github.lstmfcn.training.engine.BatchScore;
import io.github.lstmfcn.training.engine.Examples;
import io.github.lstmfcn.training.engine.TrainingSession;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One batch: the bare step, and an epoch of a run with all that is around it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 3)
public class TrainingBenchmark {
  /** {@code variables} x {@code length} x {@code batch} x {@code cells}; JMH splits at commas. */
  @Param({
    "1x24x67x8",
    "1x128x128x8",
    "1x286x28x64",
    "1x500x128x128",
    "1x1639x32x8",
    "12x29x128x8",
    "6x100x40x64",
    "62x512x16x8"
  })
  public String shape;

  private Examples examples;
  private TrainingSession session;
  private EpochByEpoch run;

  /** Begins a session, and a run that waits before every epoch. */
  @Setup(Level.Trial)
  public void begin() throws IOException {
    Shape sizes = Shape.parse(shape);
    examples = new Examples(sizes.series(), sizes.classes(), Shape.LABELS);
    Recipe recipe = Recipe.recipe2019().toBuilder().batchSize(sizes.batch()).build();
    session = new TrainingSession(sizes.weights(), recipe, Shape.equalClassWeights());
    run = new EpochByEpoch(sizes, 0, recipe);
  }

  /** Gradients and Adam on one batch. */
  @Benchmark
  public BatchScore step() {
    return session.step(examples, 1e-3f);
  }

  /** The same with shuffling, metrics, the state after it, history and checkpoint. */
  @Benchmark
  public void epoch() {
    run.epoch();
  }

  /** Ends the run and frees what it held. */
  @TearDown(Level.Trial)
  public void end() throws IOException, InterruptedException, ExecutionException {
    run.end();
    session.close();
  }
}
