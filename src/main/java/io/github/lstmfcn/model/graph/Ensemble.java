package io.github.lstmfcn.model.graph;

import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

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
    return mean(members.stream().map(member -> member.probabilities(series, batchSize)));
  }

  /**
   * The mean of what several models answer to the same series.
   *
   * @param ofMembers float32 {@code [N][classes]} of at least one model; read one by one
   * @return float32 {@code [N][classes]}
   */
  public static float[][] mean(Stream<float[][]> ofMembers) {
    Iterator<float[][]> members = ofMembers.iterator();
    float[][] first = members.next();
    double[][] sums = new double[first.length][];
    for (int i = 0; i < sums.length; i++) {
      sums[i] = new double[first[i].length];
    }
    int count = 0;
    for (float[][] probabilities = first; ; probabilities = members.next()) {
      count++;
      for (int i = 0; i < sums.length; i++) {
        for (int k = 0; k < sums[i].length; k++) {
          sums[i][k] += probabilities[i][k];
        }
      }
      if (!members.hasNext()) {
        break;
      }
    }
    float[][] means = new float[sums.length][];
    for (int i = 0; i < means.length; i++) {
      means[i] = new float[sums[i].length];
      for (int k = 0; k < means[i].length; k++) {
        means[i][k] = (float) (sums[i][k] / count);
      }
    }
    return means;
  }

  @Override
  public void close() {
    members.forEach(Predictor::close);
  }
}
