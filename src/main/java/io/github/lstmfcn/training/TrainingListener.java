package io.github.lstmfcn.training;

/** Is told how a training goes, on the training's thread. */
public interface TrainingListener {
  /** Does nothing. */
  TrainingListener NONE = new TrainingListener() {};

  /**
   * A step is done.
   *
   * @param epoch under way, from 1
   * @param batch of the epoch, from 1
   * @param batches of an epoch
   * @param soFar over the epoch's series so far
   */
  default void batchDone(int epoch, int batch, int batches, Score soFar) {}

  /** An epoch is done. */
  default void epochDone(Epoch epoch) {}
}
