package io.github.lstmfcn.bench;

import io.github.lstmfcn.chart.RunPictures;
import io.github.lstmfcn.files.FileDigest;
import io.github.lstmfcn.model.GateActivation;
import io.github.lstmfcn.model.Precision;
import io.github.lstmfcn.training.Epoch;
import io.github.lstmfcn.training.Recipe;
import io.github.lstmfcn.training.TrainingListener;
import io.github.lstmfcn.training.run.RunDescription;
import io.github.lstmfcn.training.run.TrainingRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/**
 * A training with a run folder of its own that does one epoch when it is told to, with all that
 * {@code lstmfcn train} does around it.
 */
final class EpochByEpoch {
  private final Semaphore toTrain = new Semaphore(0);
  private final Semaphore trained = new Semaphore(0);
  private final ExecutorService trainer = Executors.newSingleThreadExecutor();
  private final Path folder;
  private final TrainingRun run;
  private final Future<?> training;
  private volatile boolean ended;

  /**
   * Begins a run and its first epoch.
   *
   * @param train the series of TRAIN, as many as its batch
   * @param tested the number of series of TEST; 0 for a run without TEST
   */
  EpochByEpoch(Shape train, int tested, Recipe recipe) throws IOException {
    folder = Files.createTempDirectory("bench");
    RunDescription description =
        new RunDescription(
            "",
            "",
            "",
            RunDescription.availableThreads(),
            null,
            Precision.FLOAT32,
            "Bench",
            split("TRAIN", train),
            tested == 0 ? null : split("TEST", train.ofBatch(tested)),
            train.kind(),
            train.cells(),
            GateActivation.HARD_SIGMOID,
            null,
            recipe.toBuilder().epochs(Integer.MAX_VALUE).build(),
            null);
    run =
        TrainingRun.begin(folder.resolve("run"), description, Clock.systemUTC(), new RunPictures());
    training = trainer.submit(this::train);
  }

  private FileDigest split(String name, Shape shape) throws IOException {
    return FileDigest.of(Files.write(folder.resolve("Bench_" + name + ".ts"), lines(shape)));
  }

  private static List<String> lines(Shape shape) {
    List<String> lines = new ArrayList<>();
    lines.add("@univariate " + (shape.variables() == 1));
    lines.add("@classLabel true " + String.join(" ", Shape.LABELS));
    lines.add("@data");
    float[][][] series = shape.unprepared();
    int[] classes = shape.classes();
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

  private void train() {
    try {
      run.run(new Waiting(), () -> ended);
    } finally {
      ended = true; // if it failed, nobody waits for it
      trained.release(Integer.MAX_VALUE / 2);
    }
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

  /**
   * Does an epoch. The run is let into the next one before it asks, so that it waits for nobody.
   */
  void epoch() {
    toTrain.release();
    trained.acquireUninterruptibly();
  }

  /** Ends the run and deletes its folder. */
  void end() throws IOException, InterruptedException, ExecutionException {
    ended = true;
    toTrain.release();
    training.get();
    run.close();
    trainer.shutdown();
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
