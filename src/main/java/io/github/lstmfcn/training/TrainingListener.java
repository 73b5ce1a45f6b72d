package io.github.lstmfcn.training;

/** Receives the progress of a training run, on the thread that trains. */
public interface TrainingListener {
  /** A listener that does nothing. */
  TrainingListener NONE = new TrainingListener() {};

  /**
   * Called after each batch.
   *
   * @param epoch the number of the current epoch, from 1
   * @param batch the number of the batch within the epoch, from 1
   * @param batches the number of batches of an epoch
   * @param soFar loss and accuracy over the series of the epoch so far
   */
  default void batchDone(int epoch, int batch, int batches, Score soFar) {}

  /**
   * Called after each epoch.
   *
   * @param epoch the epoch with its scores
   */
  default void epochDone(Epoch epoch) {}
}
