package io.github.lstmfcn.training.engine;

import io.github.lstmfcn.training.Score;

/**
 * The score of a batch.
 *
 * @param loss the mean loss over the batch, weighted by class in training
 * @param correct the number of series whose most probable class is the true one
 * @param size the number of series in the batch
 */
public record BatchScore(float loss, int correct, int size) {
  /** The sum of the scores of batches. */
  public static final class Sum {
    private double loss;
    private long correct;
    private long series;

    /** Adds a batch. */
    public void add(BatchScore batch) {
      loss += (double) batch.loss() * batch.size();
      correct += batch.correct();
      series += batch.size();
    }

    /** The score over the batches added so far. */
    public Score score() {
      return new Score(loss / series, (double) correct / series);
    }
  }
}
