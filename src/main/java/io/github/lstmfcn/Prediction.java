package io.github.lstmfcn;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * What a model answers to one series.
 *
 * @param labels of the classes, one per class
 * @param probabilities float32 {@code [classes]}, in the order of the labels
 */
public record Prediction(List<String> labels, float[] probabilities) {

  /**
   * One of the classes.
   *
   * @param label of the class
   * @param index of the class, from 0
   * @param probability of the class, 0 to 1
   */
  public record Candidate(String label, int index, float probability) {}

  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException if there is no class, or not one probability per label
   */
  public Prediction {
    labels = List.copyOf(labels);
    Objects.requireNonNull(probabilities, "probabilities");
    if (labels.isEmpty() || labels.size() != probabilities.length) {
      throw new IllegalArgumentException(
          "one probability per label: found %d and %d"
              .formatted(probabilities.length, labels.size()));
    }
  }

  /**
   * The likeliest class.
   *
   * @return its index, from 0; the first of equals
   */
  public int index() {
    int best = 0;
    for (int k = 1; k < probabilities.length; k++) {
      best = probabilities[k] > probabilities[best] ? k : best;
    }
    return best;
  }

  /**
   * The label of the likeliest class.
   *
   * @return the first of equals
   */
  public String label() {
    return labels.get(index());
  }

  /**
   * The probability of the likeliest class.
   *
   * @return 0 to 1
   */
  public float probability() {
    return probabilities[index()];
  }

  /**
   * The likeliest classes.
   *
   * @param count how many at most
   * @return the likeliest first; of equals the first class first
   * @throws IllegalArgumentException if the count is negative
   */
  public List<Candidate> top(int count) {
    return IntStream.range(0, probabilities.length)
        .mapToObj(k -> new Candidate(labels.get(k), k, probabilities[k]))
        .sorted(Comparator.comparingDouble(Candidate::probability).reversed())
        .limit(count)
        .toList();
  }

  /** {@code 2 (0.9731)}: the likeliest label and its probability. */
  @Override
  public String toString() {
    return "%s (%.4f)".formatted(label(), probability());
  }
}
