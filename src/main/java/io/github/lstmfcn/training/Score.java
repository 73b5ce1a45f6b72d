package io.github.lstmfcn.training;

/**
 * Loss and accuracy over series.
 *
 * @param loss mean categorical cross-entropy in nats, weighted by class in training
 * @param accuracy share of series whose likeliest class is the true one; never weighted
 */
public record Score(double loss, double accuracy) {

  /** Adds up batches. */
  static final class Sum {
    private double loss;
    private long correct;
    private long series;

    void add(BatchScore batch) {
      loss += (double) batch.loss() * batch.size();
      correct += batch.correct();
      series += batch.size();
    }

    /** Over what was added so far. */
    Score score() {
      return new Score(loss / series, (double) correct / series);
    }
  }
}
