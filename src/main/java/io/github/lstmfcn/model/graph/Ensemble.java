package io.github.lstmfcn.model.graph;

import java.util.List;

/**
 * An ensemble of models: the mean of their class probabilities with equal weights.
 *
 * @param members at least one model, all of one length and number of classes; closed with the
 *     ensemble
 */
public record Ensemble(List<Predictor> members) implements Predictor {

  /**
   * Checks the members.
   *
   * @throws IllegalArgumentException if there is no member, or their lengths or numbers of classes
   *     differ
   */
  public Ensemble {
    members = List.copyOf(members);
    if (members.isEmpty()) {
      throw new IllegalArgumentException("expected at least one model, found none");
    }
    Predictor first = members.get(0);
    for (Predictor member : members) {
      if (!sizes(member).equals(sizes(first))) {
        throw new IllegalArgumentException("expected " + sizes(first) + ", found " + sizes(member));
      }
    }
  }

  @Override
  public int variables() {
    return members.get(0).variables();
  }

  @Override
  public int length() {
    return members.get(0).length();
  }

  private static String sizes(Predictor member) {
    return sizes(member.variables(), member.length(), member.classes());
  }

  /** What the members have in common, in words: {@code length 128 and 3 classes}. */
  public static String sizes(int variables, int length, int classes) {
    String several = variables == 1 ? "" : variables + " variables, ";
    return "%slength %s and %s classes".formatted(several, length, classes);
  }

  @Override
  public int classes() {
    return members.get(0).classes();
  }

  @Override
  public boolean dependsOnBatch() {
    return members.stream().anyMatch(Predictor::dependsOnBatch);
  }

  @Override
  public float[][] probabilities(float[][] series, int batchSize) {
    return mean(members.stream().map(member -> member.probabilities(series, batchSize)).toList());
  }

  /**
   * The mean of what several models answer to the same series.
   *
   * @param answers float32 {@code [N][classes]} of each of at least one model
   * @return float32 {@code [N][classes]}
   */
  public static float[][] mean(List<float[][]> answers) {
    float[][] means = new float[answers.get(0).length][];
    for (int i = 0; i < means.length; i++) {
      means[i] = new float[answers.get(0)[i].length];
      for (int k = 0; k < means[i].length; k++) {
        double sum = 0;
        for (float[][] answer : answers) {
          sum += answer[i][k];
        }
        means[i][k] = (float) (sum / answers.size());
      }
    }
    return means;
  }

  @Override
  public void close() {
    members.forEach(Predictor::close);
  }
}
