package io.github.lstmfcn.search;

import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Where runs are trained: in processes of this machine or on other machines. */
public interface TrainingPlace {
  /** The number of TensorFlow's threads on which a run is trained. */
  int threads();

  /**
   * Trains runs from where they are. A run that somebody else trains, such as one left by an
   * earlier command, is waited for and then continued.
   *
   * @param folders the folders of the runs, in the order in which they are started
   * @param stop whether to stop: then no further run is started, and the running ones end after
   *     their epoch
   * @param listener receives the ended runs, on this thread
   */
  void run(List<Path> folders, BooleanSupplier stop, Listener listener);

  /** Receives every run whose training has ended. */
  @FunctionalInterface
  interface Listener {
    /**
     * Called when a training has ended.
     *
     * @param folder the folder of the run
     * @param seconds the seconds that the training took
     * @param reason why the training failed, in one line; empty if it did not, or was asked to stop
     */
    void ended(Path folder, double seconds, String reason);
  }
}
