package io.github.lstmfcn.training.engine;

import io.github.lstmfcn.training.Score;

/**
 * What a batch came to.
 *
 * @param loss mean over the batch, weighted by class in training
 * @param correct series whose likeliest class is the true one
 * @param size series of the batch
 */
public record BatchScore(float loss, int correct, int size) {
  /** Adds up batches. */
  public static final class Sum {
    private double loss;
    private long correct;
    private long series;

    public void add(BatchScore batch) {
      loss += (double) batch.loss() * batch.size();
      correct += batch.correct();
      series += batch.size();
    }

    /** Over what was added so far. */
    public Score score() {
      return new Score(loss / series, (double) correct / series);
    }
  }
}
