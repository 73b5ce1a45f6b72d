package io.github.lstmfcn.spark;

import io.github.lstmfcn.model.graph.Threads;
import io.github.lstmfcn.search.TrainingPlace;
import io.github.lstmfcn.training.Epoch;
import io.github.lstmfcn.training.TrainingListener;
import io.github.lstmfcn.training.run.RunObserver;
import io.github.lstmfcn.training.run.TrainingRun;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Trains in the thread of the test, as the local command does in its processes.
 *
 * @param epochs the number of epochs after which it is interrupted
 */
record TrainingHere(int epochs) implements TrainingPlace {
  @Override
  public int threads() {
    return 1;
  }

  @Override
  public void run(List<Path> folders, BooleanSupplier stop, Listener listener) {
    for (Path folder : folders) {
      try (TrainingRun run =
          TrainingRun.resume(folder, Clock.systemUTC(), RunObserver.NONE, Threads.of(1))) {
        Counter counter = new Counter();
        run.run(counter, () -> counter.batches >= epochs);
      }
      listener.ended(folder, 0, "");
    }
  }

  /** Counts epochs by their last batch, since the listener receives an epoch later. */
  private static final class Counter implements TrainingListener {
    private int batches;

    @Override
    public void batchDone(int epoch, int batch, int all, io.github.lstmfcn.training.Score soFar) {
      batches += batch == all ? 1 : 0;
    }

    @Override
    public void epochDone(Epoch epoch) {}
  }
}
