package io.github.lstmfcn.spark.job;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.error.TrainingDivergedException;
import io.github.lstmfcn.model.graph.Threads;
import io.github.lstmfcn.spark.storage.Mirror;
import io.github.lstmfcn.spark.storage.RemoteFolder;
import io.github.lstmfcn.spark.storage.RemoteRun;
import io.github.lstmfcn.text.FailureReason;
import io.github.lstmfcn.text.ShortText;
import io.github.lstmfcn.training.TrainingListener;
import io.github.lstmfcn.training.run.RunObserver;
import io.github.lstmfcn.training.run.TrainingRun;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.spark.TaskContext;

/**
 * Trains the run in a folder, from where it is, until its recipe ends it or its task is killed.
 *
 * @param threads the number of threads to compute on
 * @param inputs the copies that the machine needs
 * @param driver the driver's copy of the folder of all runs; null if every machine sees the folder
 * @param output the folder of all runs, each of which is trained in a copy on the machine; null if
 *     every machine sees it
 */
record TrainingWork(int threads, List<Mirror> inputs, String driver, RemoteFolder output)
    implements TextTask {
  private static final int LOOK_MILLISECONDS = 200;

  @Override
  public String run(String folder) {
    TaskContext task = TaskContext.get();
    long started = System.nanoTime();
    String reason = reason(folder, task::isInterrupted);
    return new TrainingOutcome((System.nanoTime() - started) / 1e9, reason).text();
  }

  /**
   * Trains a run.
   *
   * @param stop asked after every epoch whether to stop
   * @return why the training failed, in one line; empty if it did not. A failure is a result, since
   *     the same training would fail again.
   */
  private String reason(String folder, BooleanSupplier stop) {
    try {
      inputs.forEach(Mirror::ensure);
      if (output == null) {
        train(Path.of(folder), RunObserver.NONE, stop);
      } else {
        String name = Path.of(driver).relativize(Path.of(folder)).toString();
        trainCopy(output.resolve(name), stop);
      }
      return "";
    } catch (InvalidInputException | TrainingDivergedException | UncheckedIOException foreseen) {
      return String.valueOf(foreseen.getMessage()).lines().findFirst().orElse("" + foreseen);
    } catch (OutOfMemoryError full) {
      return "expected enough memory for the training, found none left; submit with a larger"
          + " --executor-memory";
    } catch (RuntimeException | LinkageError failure) {
      return "unexpected failure: "
          + ShortText.of(FailureReason.of(failure), ShortText.LONGEST_MESSAGE);
    }
  }

  private void trainCopy(RemoteFolder remote, BooleanSupplier stop) {
    try (RemoteRun copy = new RemoteRun(remote, stop)) {
      try {
        train(copy.folder(), copy, stop);
      } finally {
        copy.finish();
      }
    }
  }

  private void train(Path folder, RunObserver observer, BooleanSupplier stop) {
    awaitFree(folder, stop);
    try (TrainingRun run =
        TrainingRun.resume(folder, Clock.systemUTC(), observer, Threads.of(threads))) {
      run.run(TrainingListener.NONE, stop);
    }
  }

  /** Waits while a machine that the cluster gave up still trains the run. */
  private static void awaitFree(Path folder, BooleanSupplier stop) {
    try {
      while (TrainingRun.isInUse(folder) && !stop.getAsBoolean()) {
        Thread.sleep(LOOK_MILLISECONDS);
      }
    } catch (InterruptedException killed) {
      Thread.currentThread().interrupt();
    }
  }
}
