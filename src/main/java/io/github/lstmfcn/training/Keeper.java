package io.github.lstmfcn.training;

/** Keeps what a training needs to go on as if it had not been cut. */
interface Keeper {
  /**
   * Takes the state before the first epoch, then after every one.
   *
   * @param arrays checked and closed by the keeper, on whatever thread
   * @param progress how far the training is
   */
  void keep(Snapshot arrays, Progress progress);
}
