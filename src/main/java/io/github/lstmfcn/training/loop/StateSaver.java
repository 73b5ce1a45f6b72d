package io.github.lstmfcn.training.loop;

import io.github.lstmfcn.training.engine.Snapshot;

/** Keeps what a training needs to go on as if it had not been cut. */
public interface StateSaver {
  /**
   * Takes the state after an epoch.
   *
   * @param arrays to be checked and closed by the keeper, on whatever thread
   * @param progress how far the training is
   */
  void keep(Snapshot arrays, Progress progress);
}
