package io.github.lstmfcn;

import io.github.lstmfcn.model.graph.Predictor;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * The prediction for one series: a probability for each class.
 *
 * @param labels one label per class
 * @param probabilities float32 {@code [classes]}, in the order of the labels
 */
public record Prediction(List<String> labels, float[] probabilities) {

  /**
   * A class with its probability.
   *
   * @param label the label of the class
   * @param index the index of the class, from 0
   * @param probability the probability of the class, 0 to 1
   */
  public record Candidate(String label, int index, float probability) {}

  /**
   * Checks the sizes.
   *
   * @param labels the component {@code labels}
   * @param probabilities the component {@code probabilities}
   * @throws IllegalArgumentException if there is no class, or not exactly one probability per label
   */
  public Prediction {
    labels = List.copyOf(labels);
    Objects.requireNonNull(probabilities, "probabilities");
    if (labels.isEmpty() || labels.size() != probabilities.length) {
      throw new IllegalArgumentException(
          "one probability per label: found %s and %s"
              .formatted(probabilities.length, labels.size()));
    }
    probabilities = probabilities.clone();
  }

  /**
   * The index of the most probable class.
   *
   * @return the index, from 0; the first one if several are equally probable
   */
  public int index() {
    return Predictor.mostProbable(probabilities);
  }

  /**
   * The label of the most probable class.
   *
   * @return the label; that of the first class if several are equally probable
   */
  public String label() {
    return labels.get(index());
  }

  /**
   * The probability of the most probable class.
   *
   * @return the probability, 0 to 1
   */
  public float probability() {
    return probabilities[index()];
  }

  /**
   * The most probable classes.
   *
   * @param count the maximum number of classes
   * @return the most probable class first; classes of equal probability in their own order
   * @throws IllegalArgumentException if the count is negative
   */
  public List<Candidate> top(int count) {
    return IntStream.range(0, probabilities.length)
        .mapToObj(k -> new Candidate(labels.get(k), k, probabilities[k]))
        .sorted(Comparator.comparingDouble(Candidate::probability).reversed())
        .limit(count)
        .toList();
  }

  /**
   * All probabilities.
   *
   * @return float32 {@code [classes]}, in the order of the labels; a copy
   */
  @Override
  public float[] probabilities() {
    return probabilities.clone();
  }

  /** Whether labels and probabilities are the same. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Prediction prediction
        && labels.equals(prediction.labels)
        && Arrays.equals(probabilities, prediction.probabilities);
  }

  @Override
  public int hashCode() {
    return 31 * labels.hashCode() + Arrays.hashCode(probabilities);
  }

  /** {@code 2 (0.9731)}: the label of the most probable class and its probability. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%s (%.4f)", label(), probability());
  }
}
