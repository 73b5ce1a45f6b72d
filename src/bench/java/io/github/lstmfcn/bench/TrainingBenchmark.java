package io.github.lstmfcn.bench;

import io.github.lstmfcn.chart.RunPictures;
import io.github.lstmfcn.files.FileDigest;
import io.github.lstmfcn.model.GateActivation;
import io.github.lstmfcn.training.Epoch;
import io.github.lstmfcn.training.Recipe;
import io.github.lstmfcn.training.TrainingListener;
import io.github.lstmfcn.training.engine.BatchScore;
import io.github.lstmfcn.training.engine.Examples;
import io.github.lstmfcn.training.engine.TrainingSession;
import io.github.lstmfcn.training.run.RunDescription;
import io.github.lstmfcn.training.run.TrainingRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
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

  private final Semaphore toTrain = new Semaphore(0);
  private final Semaphore trained = new Semaphore(0);
  private final ExecutorService trainer = Executors.newSingleThreadExecutor();
  private volatile boolean ended;
  private Examples examples;
  private TrainingSession session;
  private Path folder;
  private TrainingRun run;
  private Future<?> training;

  /** Begins a session, and a run that waits before every epoch. */
  @Setup(Level.Trial)
  public void begin() throws IOException {
    Shape sizes = Shape.parse(shape);
    float[][] series = sizes.series();
    int[] classes = sizes.classes();
    examples = new Examples(series, classes, Shape.LABELS);
    Recipe recipe =
        Recipe.recipe2019().toBuilder().epochs(Integer.MAX_VALUE).batchSize(sizes.batch()).build();
    session = new TrainingSession(sizes.weights(), recipe, Shape.equalClassWeights());

    folder = Files.createTempDirectory("bench");
    Path train = Files.write(folder.resolve("Bench_TRAIN.ts"), lines(sizes, classes));
    RunDescription description =
        new RunDescription(
            "",
            "",
            "",
            RunDescription.availableThreads(),
            null,
            "Bench",
            FileDigest.of(train),
            null,
            sizes.kind(),
            sizes.cells(),
            GateActivation.HARD_SIGMOID,
            null,
            recipe,
            null);
    run =
        TrainingRun.begin(folder.resolve("run"), description, Clock.systemUTC(), new RunPictures());
    training = trainer.submit(this::train);
  }

  private void train() {
    try {
      run.run(new Waiting(), () -> ended);
    } finally {
      ended = true; // if it failed, nobody waits for it
      trained.release(Integer.MAX_VALUE / 2);
    }
  }

  private static List<String> lines(Shape sizes, int[] classes) {
    List<String> lines = new ArrayList<>();
    lines.add("@univariate " + (sizes.variables() == 1));
    lines.add("@classLabel true " + String.join(" ", Shape.LABELS));
    lines.add("@data");
    float[][][] series = sizes.unprepared();
    for (int row = 0; row < series.length; row++) {
      StringJoiner line = new StringJoiner(":");
      for (float[] variable : series[row]) {
        StringJoiner values = new StringJoiner(",");
        for (float value : variable) {
          values.add(Float.toString(value));
        }
        line.add(values.toString());
      }
      lines.add(line.add(Integer.toString(classes[row])).toString());
    }
    return lines;
  }

  /** Lets the run do one epoch at a time. */
  private final class Waiting implements TrainingListener {
    @Override
    public void epochDone(Epoch epoch) {
      trained.release();
      if (!ended) {
        toTrain.acquireUninterruptibly();
      }
    }
  }

  /** Gradients and Adam on one batch. */
  @Benchmark
  public BatchScore step() {
    return session.step(examples, 1e-3f);
  }

  /**
   * The same with shuffling, metrics, the state after it, history and checkpoint. The run is let
   * into the next epoch before it asks, so that it waits for nobody.
   */
  @Benchmark
  public void epoch() {
    toTrain.release();
    trained.acquireUninterruptibly();
  }

  /** Ends the run and frees what it held. */
  @TearDown(Level.Trial)
  public void end() throws IOException, InterruptedException, ExecutionException {
    ended = true;
    toTrain.release();
    training.get();
    run.close();
    session.close();
    trainer.shutdown();
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
