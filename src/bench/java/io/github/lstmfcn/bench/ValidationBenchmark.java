package io.github.lstmfcn.bench;

import io.github.lstmfcn.training.Monitor;
import io.github.lstmfcn.training.Recipe;
import io.github.lstmfcn.training.Validation;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
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

/** An epoch of the recipe of 2017, which scores TEST after every epoch, and one that does not. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 3)
public class ValidationBenchmark {
  /**
   * {@code length} x series of TRAIN x series of TEST x {@code batch} x {@code cells}:
   * ItalyPowerDemand, CBF and ToeSegmentation2.
   */
  @Param({"24x67x1029x64x8", "128x30x900x32x8", "343x36x130x128x64"})
  public String sizes;

  private EpochByEpoch validatedRun;
  private EpochByEpoch unvalidatedRun;

  /** Begins both runs. */
  @Setup(Level.Trial)
  public void begin() throws IOException {
    int[] numbers = Arrays.stream(sizes.split("x")).mapToInt(Integer::parseInt).toArray();
    Shape train = new Shape(1, numbers[0], numbers[1], numbers[4]);
    Recipe recipe = Recipe.recipe2017(Optional.empty()).toBuilder().batchSize(numbers[3]).build();
    validatedRun = new EpochByEpoch(train, numbers[2], recipe);
    Recipe blind =
        recipe.toBuilder().monitor(Monitor.LOSS).validation(Validation.Source.NONE).build();
    unvalidatedRun = new EpochByEpoch(train, 0, blind);
  }

  /** As published. */
  @Benchmark
  public void validated() {
    validatedRun.epoch();
  }

  /** The same without TEST. */
  @Benchmark
  public void unvalidated() {
    unvalidatedRun.epoch();
  }

  /** Ends both runs. */
  @TearDown(Level.Trial)
  public void end() throws IOException, InterruptedException, ExecutionException {
    validatedRun.end();
    unvalidatedRun.end();
  }
}
