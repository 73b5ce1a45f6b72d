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
    String variables = member.variables() == 1 ? "" : member.variables() + " variables, ";
    return "%slength %d and %d classes".formatted(variables, member.length(), member.classes());
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
    double[][] sums = new double[series.length][classes()];
    for (Predictor member : members) {
      float[][] probabilities = member.probabilities(series, batchSize);
      for (int i = 0; i < sums.length; i++) {
        for (int k = 0; k < sums[i].length; k++) {
          sums[i][k] += probabilities[i][k];
        }
      }
    }
    float[][] means = new float[series.length][classes()];
    for (int i = 0; i < means.length; i++) {
      for (int k = 0; k < means[i].length; k++) {
        means[i][k] = (float) (sums[i][k] / members.size());
      }
    }
    return means;
  }

  @Override
  public void close() {
    members.forEach(Predictor::close);
  }
}
