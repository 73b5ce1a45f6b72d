package io.github.lstmfcn.training.loop;

import io.github.lstmfcn.training.engine.Snapshot;

/** Saves the state from which a training run can be resumed. */
public interface StateSaver {
  /**
   * Saves the state after an epoch.
   *
   * @param arrays the arrays, which this method must check and close, on any thread
   * @param progress the state apart from the arrays
   */
  void save(Snapshot arrays, Progress progress);
}
