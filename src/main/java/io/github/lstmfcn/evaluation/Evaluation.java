package io.github.lstmfcn.evaluation;

import io.github.lstmfcn.model.graph.Predictor;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How a model's probabilities compare with the true classes.
 *
 * @param correct series whose likeliest class is the true one
 * @param total series
 * @param loss mean categorical cross-entropy in nats, as Keras computes it
 * @param names of the classes, in order; never empty
 * @param confusion series by true class, then by predicted class
 */
public record Evaluation(
    int correct, int total, double loss, List<String> names, int[][] confusion) {
  /** Keras' {@code K.epsilon()}: probabilities are kept this far from 0 and 1. */
  private static final double EPSILON = 1e-7;

  /** Copies the names. */
  public Evaluation {
    names = List.copyOf(names);
  }

  /**
   * Compares.
   *
   * @param probabilities float32 {@code [N][classes]}
   * @param truth class index of each series
   * @param names of the classes; an empty one becomes {@code class k}
   * @throws IllegalArgumentException if there is no series or the sizes do not agree
   */
  public static Evaluation of(float[][] probabilities, int[] truth, List<String> names) {
    if (probabilities.length == 0 || probabilities.length != truth.length) {
      throw new IllegalArgumentException(
          "one true class a series: found %d and %d".formatted(truth.length, probabilities.length));
    }
    int classes = names.size();
    int[][] confusion = new int[classes][classes];
    double loss = 0;
    for (int i = 0; i < truth.length; i++) {
      if (probabilities[i].length != classes) {
        throw new IllegalArgumentException(
            "%d classes expected, found %d".formatted(classes, probabilities[i].length));
      }
      confusion[truth[i]][Predictor.likeliest(probabilities[i])]++;
      loss += crossEntropy(probabilities[i], truth[i]);
    }
    int correct = IntStream.range(0, classes).map(k -> confusion[k][k]).sum();
    List<String> titles =
        IntStream.range(0, classes)
            .mapToObj(k -> names.get(k).isEmpty() ? "class " + k : names.get(k))
            .toList();
    return new Evaluation(correct, truth.length, loss / truth.length, titles, confusion);
  }

  private static double crossEntropy(float[] probabilities, int truth) {
    double sum = 0;
    for (float probability : probabilities) {
      sum += probability;
    }
    return -Math.log(Math.min(1 - EPSILON, Math.max(EPSILON, probabilities[truth] / sum)));
  }

  /** Share of correct series, 0 to 1. */
  public double accuracy() {
    return (double) correct / total;
  }

  /** Series of a class. */
  public int support(int k) {
    return IntStream.of(confusion[k]).sum();
  }

  /** Share of the series predicted as a class that are of it; 0 if none was predicted. */
  public double precision(int k) {
    int predicted = IntStream.range(0, confusion.length).map(row -> confusion[row][k]).sum();
    return predicted == 0 ? 0 : (double) confusion[k][k] / predicted;
  }

  /** Share of a class' series that are found; 0 if it has none. */
  public double recall(int k) {
    return support(k) == 0 ? 0 : (double) confusion[k][k] / support(k);
  }

  /** Harmonic mean of precision and recall; 0 if both are. */
  public double f1(int k) {
    double sum = precision(k) + recall(k);
    return sum == 0 ? 0 : 2 * precision(k) * recall(k) / sum;
  }
}
