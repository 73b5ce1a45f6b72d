package io.github.lstmfcn.training;

/** Keeps what a training needs to go on as if it had not been cut. */
interface Keeper {
  /**
   * Takes the state after an epoch.
   *
   * @param arrays to be checked and closed by the keeper, on whatever thread
   * @param progress how far the training is
   */
  void keep(Snapshot arrays, Progress progress);
}
