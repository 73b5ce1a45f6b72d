package io.github.lstmfcn.explain;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.evaluation.Evaluation;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.graph.FoldedModel;
import io.github.lstmfcn.model.graph.Predictor;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * How much a model relies on each variable, by permutation (Breiman 2001: <i>Random Forests</i>;
 * Fisher, Rudin, Dominici 2019): one variable of the dataset is exchanged among the series, at
 * random, while the others stay, and the model is scored again.
 *
 * <p>It tells what the model uses, not what would suffice: of two variables that carry the same
 * information, each can be permuted with little loss. The intervals are over the permutations of
 * this dataset; they do not tell how another dataset would differ.
 *
 * @param baseline the scores of the series as they are
 * @param repeats the number of permutations of each variable
 * @param seed the seed of the permutations
 * @param variables one element per variable, in their order
 */
public record PermutationImportance(
    Evaluation baseline, int repeats, long seed, List<VariableImportance> variables) {

  /**
   * Copies the list.
   *
   * @param baseline the component {@code baseline}
   * @param repeats the component {@code repeats}
   * @param seed the component {@code seed}
   * @param variables the component {@code variables}
   */
  public PermutationImportance {
    variables = List.copyOf(variables);
  }

  /**
   * Measures the importance of each variable. Equal arguments give equal results.
   *
   * @param weights the weights of a model of at least two variables
   * @param series float32 {@code [≥ 2][variables × length]}, variables one after another, as the
   *     model reads them; they are not changed
   * @param truth the true class of each series, from 0
   * @param names the names of the classes
   * @param repeats the number of permutations of each variable, at least two
   * @param seed the seed of the permutations
   * @param measured receives each variable when it is measured
   * @return the importance of all variables
   * @throws InvalidInputException if the values of a series are so large that the network overflows
   * @throws IllegalArgumentException if the model has one variable, which cannot be permuted among
   *     others, there are fewer than two series or repeats, a series has another size, or there is
   *     not exactly one class of the model per series and name
   */
  public static PermutationImportance of(
      ModelWeights weights,
      float[][] series,
      int[] truth,
      List<String> names,
      int repeats,
      long seed,
      Consumer<VariableImportance> measured) {
    ModelSpec spec = weights.spec();
    if (spec.variables() < 2) {
      throw new IllegalArgumentException("expected at least two variables, found one: " + spec);
    }
    if (series.length < 2 || repeats < 2) {
      throw new IllegalArgumentException(
          "expected at least two series and repeats, found %s and %s"
              .formatted(series.length, repeats));
    }
    Expected.classes(series, truth, spec.classes());
    try (Predictor model = new FoldedModel(weights)) {
      Evaluation baseline = evaluation(model, series, truth, names);
      float[][] permuted = copies(series);
      SplittableRandom random = new SplittableRandom(seed);
      List<VariableImportance> variables = new ArrayList<>();
      for (int variable = 0; variable < spec.variables(); variable++) {
        double[] drops = new double[repeats];
        double[] rises = new double[repeats];
        for (int repeat = 0; repeat < repeats; repeat++) {
          exchange(series, permuted, variable, spec.length(), permutation(series.length, random));
          Evaluation worse = evaluation(model, permuted, truth, names);
          drops[repeat] = baseline.accuracy() - worse.accuracy();
          rises[repeat] = worse.loss() - baseline.loss();
        }
        int[] asTheyAre = IntStream.range(0, series.length).toArray();
        exchange(series, permuted, variable, spec.length(), asTheyAre);
        VariableImportance importance = new VariableImportance(variable, drops, rises);
        variables.add(importance);
        measured.accept(importance);
      }
      return new PermutationImportance(baseline, repeats, seed, variables);
    }
  }

  private static Evaluation evaluation(
      Predictor model, float[][] series, int[] truth, List<String> names) {
    return Evaluation.of(model.probabilities(series, model.batchSize()), truth, names);
  }

  private static float[][] copies(float[][] series) {
    float[][] copies = new float[series.length][];
    for (int row = 0; row < copies.length; row++) {
      copies[row] = series[row].clone();
    }
    return copies;
  }

  /** Takes one variable of each series from the series that the permutation names. */
  private static void exchange(
      float[][] from, float[][] to, int variable, int length, int[] permutation) {
    for (int row = 0; row < to.length; row++) {
      System.arraycopy(
          from[permutation[row]], variable * length, to[row], variable * length, length);
    }
  }

  /** A random order of the numbers from 0, by Fisher and Yates. */
  private static int[] permutation(int count, SplittableRandom random) {
    int[] order = IntStream.range(0, count).toArray();
    for (int last = count - 1; last > 0; last--) {
      int other = random.nextInt(last + 1);
      int held = order[last];
      order[last] = order[other];
      order[other] = held;
    }
    return order;
  }
}
