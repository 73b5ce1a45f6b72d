package io.github.lstmfcn.evaluation;

import io.github.lstmfcn.model.graph.Predictor;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The scores of a model on a labelled dataset.
 *
 * @param correct the number of series whose most probable class is the true one
 * @param total the number of series
 * @param loss the mean categorical cross-entropy in nats, as Keras computes it
 * @param names the names of the classes, in their order; none is empty
 * @param confusion the number of series by true class (first index) and predicted class (second
 *     index)
 */
public record Evaluation(
    int correct, int total, double loss, List<String> names, int[][] confusion) {
  /** Keras' {@code K.epsilon()}: probabilities are clipped to this distance from 0 and 1. */
  private static final double EPSILON = 1e-7;

  /**
   * Copies the names.
   *
   * @param correct the component {@code correct}
   * @param total the component {@code total}
   * @param loss the component {@code loss}
   * @param names the component {@code names}
   * @param confusion the component {@code confusion}
   */
  public Evaluation {
    names = List.copyOf(names);
  }

  /**
   * Scores probabilities against the true classes.
   *
   * @param probabilities float32 {@code [N][classes]}
   * @param truth the index of the true class of each series
   * @param names the names of the classes; an empty one becomes {@code class k}
   * @return the scores
   * @throws IllegalArgumentException if there is no series or the sizes do not agree
   */
  public static Evaluation of(float[][] probabilities, int[] truth, List<String> names) {
    if (probabilities.length == 0 || probabilities.length != truth.length) {
      throw new IllegalArgumentException(
          "expected one true class per series, found %s for %s series"
              .formatted(truth.length, probabilities.length));
    }
    int classes = names.size();
    int[][] confusion = new int[classes][classes];
    double loss = 0;
    for (int i = 0; i < truth.length; i++) {
      if (probabilities[i].length != classes) {
        throw new IllegalArgumentException(
            "expected %s classes, found %s".formatted(classes, probabilities[i].length));
      }
      confusion[truth[i]][Predictor.mostProbable(probabilities[i])]++;
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

  /** {@return the share of series classified correctly, 0 to 1} */
  public double accuracy() {
    return (double) correct / total;
  }

  /**
   * {@return the number of series of a class}
   *
   * @param k the index of the class, from 0
   */
  public int support(int k) {
    return IntStream.of(confusion[k]).sum();
  }

  /**
   * {@return the share of the series predicted as a class that belong to it, 0 to 1; 0 if no series
   * was predicted as it}
   *
   * @param k the index of the class, from 0
   */
  public double precision(int k) {
    int predicted = IntStream.range(0, confusion.length).map(row -> confusion[row][k]).sum();
    return predicted == 0 ? 0 : (double) confusion[k][k] / predicted;
  }

  /**
   * {@return the share of the series of a class that were predicted as it, 0 to 1; 0 if the class
   * has no series}
   *
   * @param k the index of the class, from 0
   */
  public double recall(int k) {
    return support(k) == 0 ? 0 : (double) confusion[k][k] / support(k);
  }

  /**
   * {@return the harmonic mean of precision and recall of a class; 0 if both are 0}
   *
   * @param k the index of the class, from 0
   */
  public double f1(int k) {
    double sum = precision(k) + recall(k);
    return sum == 0 ? 0 : 2 * precision(k) * recall(k) / sum;
  }
}
