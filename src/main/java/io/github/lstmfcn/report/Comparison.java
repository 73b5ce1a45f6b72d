package io.github.lstmfcn.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.commons.statistics.ranking.NaNStrategy;
import org.apache.commons.statistics.ranking.NaturalRanking;
import org.apache.commons.statistics.ranking.TiesStrategy;

/**
 * The accuracies of some methods on some sets.
 *
 * @param methods at least one
 * @param sets by name
 * @param classes of each set; 0 if not known
 * @param accuracies {@code [sets][methods]}, 0 to 1; of several models of a method the mean, NaN
 *     where it has none
 */
public record Comparison(
    List<String> methods, List<String> sets, int[] classes, double[][] accuracies) {
  /** Accuracies that differ by less are equal: they differ by rounding. */
  private static final double RESOLUTION = 1e-9;

  private static final NaturalRanking RANKING =
      new NaturalRanking(NaNStrategy.FAILED, TiesStrategy.AVERAGE);

  /** Copies the lists. */
  public Comparison {
    methods = List.copyOf(methods);
    sets = List.copyOf(sets);
  }

  /** Compares all methods that occur, in the order in which they do; sets in alphabetical order. */
  public static Comparison of(List<Result> results) {
    Set<String> methods = new LinkedHashSet<>();
    Map<String, Map<String, List<Result>>> bySet = new TreeMap<>();
    for (Result result : results) {
      methods.add(result.method());
      bySet
          .computeIfAbsent(result.set(), set -> new LinkedHashMap<>())
          .computeIfAbsent(result.method(), method -> new ArrayList<>())
          .add(result);
    }
    double[][] accuracies =
        bySet.values().stream()
            .map(
                ofSet ->
                    methods.stream()
                        .mapToDouble(m -> mean(ofSet.getOrDefault(m, List.of())))
                        .toArray())
            .toArray(double[][]::new);
    int[] classes =
        bySet.values().stream()
            .mapToInt(
                ofSet ->
                    ofSet.values().stream()
                        .flatMap(List::stream)
                        .mapToInt(Result::classes)
                        .max()
                        .orElseThrow())
            .toArray();
    return new Comparison(List.copyOf(methods), List.copyOf(bySet.keySet()), classes, accuracies);
  }

  /** The same on the sets that every method has results of, which alone can be ranked. */
  Comparison complete() {
    int[] kept =
        IntStream.range(0, sets.size())
            .filter(set -> Arrays.stream(accuracies[set]).noneMatch(Double::isNaN))
            .toArray();
    return new Comparison(
        methods,
        Arrays.stream(kept).mapToObj(sets::get).toList(),
        Arrays.stream(kept).map(set -> classes[set]).toArray(),
        Arrays.stream(kept).mapToObj(set -> accuracies[set]).toArray(double[][]::new));
  }

  private static double mean(List<Result> models) {
    double mean = models.stream().mapToDouble(Result::accuracy).average().orElse(Double.NaN);
    return Math.rint(mean / RESOLUTION) * RESOLUTION;
  }

  /** The accuracies of a method, set by set. */
  double[] accuracies(int method) {
    return IntStream.range(0, sets.size()).mapToDouble(set -> accuracies[set][method]).toArray();
  }

  /** Mean accuracy of a method over the sets. */
  public double meanAccuracy(int method) {
    return mean(set -> accuracies[set][method]);
  }

  /** Ranks {@code [sets][methods]}: 1 for the most accurate; equals share the mean of theirs. */
  double[][] ranks() {
    double[][] ranks = new double[sets.size()][];
    for (int set = 0; set < ranks.length; set++) {
      double[] errors = new double[methods.size()];
      for (int method = 0; method < errors.length; method++) {
        errors[method] = -accuracies[set][method];
      }
      ranks[set] = RANKING.apply(errors);
    }
    return ranks;
  }

  /** The mean rank of each method: 1 if it is the most accurate everywhere. */
  public double[] meanRanks() {
    double[][] ranks = ranks();
    return IntStream.range(0, methods.size())
        .mapToDouble(method -> mean(set -> ranks[set][method]))
        .toArray();
  }

  /**
   * The mean per-class error of a method: the mean over the sets of error rate by number of classes
   * (Wang, Yan, Oates 2017, as the LSTM-FCN paper has it). NaN if a set's classes are not known.
   */
  public double meanPerClassError(int method) {
    return mean(
        set -> classes[set] == 0 ? Double.NaN : (1 - accuracies[set][method]) / classes[set]);
  }

  /** On how many sets a method is alone the most accurate. */
  public int wins(int method) {
    return best(method, 1, 1);
  }

  /** On how many sets it is the most accurate together with others. */
  public int sharedWins(int method) {
    return best(method, 2, methods.size());
  }

  private int best(int method, int fewest, int most) {
    int count = 0;
    for (double[] ofSet : accuracies) {
      double best = Arrays.stream(ofSet).max().orElseThrow();
      long equals = Arrays.stream(ofSet).filter(value -> value == best).count();
      if (ofSet[method] == best && fewest <= equals && equals <= most) {
        count++;
      }
    }
    return count;
  }

  private double mean(IntToDoubleFunction ofSet) {
    return IntStream.range(0, sets.size()).mapToDouble(ofSet).average().orElse(Double.NaN);
  }
}
