package io.github.lstmfcn.report.statistics;

import io.github.lstmfcn.report.result.Result;
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
 * The accuracies of methods on datasets.
 *
 * @param methods the methods, in the order in which they occur
 * @param sets the names of the datasets, with the number of series where a dataset was measured on
 *     both splits
 * @param classes the number of classes of each dataset; 0 if unknown
 * @param accuracies {@code [sets][methods]}, 0 to 1; the mean over several models of a method, NaN
 *     where it has none
 */
public record Comparison(
    List<String> methods, List<String> sets, int[] classes, double[][] accuracies) {
  /** Accuracies that differ by less than this, which may be due to rounding, are equal. */
  private static final double RESOLUTION = 1e-9;

  private static final NaturalRanking RANKING =
      new NaturalRanking(NaNStrategy.FAILED, TiesStrategy.AVERAGE);

  /** Copies the lists. */
  public Comparison {
    methods = List.copyOf(methods);
    sets = List.copyOf(sets);
  }

  /**
   * Compares all methods that occur, on datasets in alphabetical order. A dataset that was measured
   * on both splits counts as two, since their counts are not comparable.
   */
  public static Comparison of(List<Result> results) {
    Map<String, Set<Integer>> totals = totals(results);
    Set<String> methods = new LinkedHashSet<>();
    Map<String, Map<String, List<Result>>> bySet = new TreeMap<>();
    for (Result result : results) {
      boolean one = totals.get(result.set()).size() == 1;
      String set = one ? result.set() : "%s (%s)".formatted(result.set(), result.total());
      methods.add(result.method());
      bySet
          .computeIfAbsent(set, name -> new LinkedHashMap<>())
          .computeIfAbsent(result.method(), method -> new ArrayList<>())
          .add(result);
    }
    return new Comparison(
        List.copyOf(methods),
        List.copyOf(bySet.keySet()),
        bySet.values().stream().mapToInt(Comparison::classes).toArray(),
        bySet.values().stream()
            .map(
                ofSet ->
                    methods.stream()
                        .mapToDouble(method -> mean(ofSet.getOrDefault(method, List.of())))
                        .toArray())
            .toArray(double[][]::new));
  }

  /**
   * The numbers of series that each dataset was measured on: several if it was measured on both
   * splits.
   */
  public static Map<String, Set<Integer>> totals(List<Result> results) {
    Map<String, Set<Integer>> totals = new LinkedHashMap<>();
    for (Result result : results) {
      totals.computeIfAbsent(result.set(), set -> new LinkedHashSet<>()).add(result.total());
    }
    return totals;
  }

  private static int classes(Map<String, List<Result>> ofSet) {
    return ofSet.values().stream()
        .flatMap(List::stream)
        .mapToInt(Result::classes)
        .max()
        .orElseThrow();
  }

  private static double mean(List<Result> models) {
    double mean = models.stream().mapToDouble(Result::accuracy).average().orElse(Double.NaN);
    return rounded(mean);
  }

  /** An accuracy, or a difference of accuracies, without rounding errors. */
  static double rounded(double value) {
    return Math.rint(value / RESOLUTION) * RESOLUTION;
  }

  /**
   * The comparison restricted to the methods that have enough datasets and to the datasets that
   * these have in common; all methods if none has enough datasets.
   */
  public Comparison ranked(int fewestSets) {
    int[] columns = columns(fewestSets);
    int[] rows =
        IntStream.range(0, sets.size())
            .filter(set -> Arrays.stream(columns).noneMatch(m -> Double.isNaN(accuracies[set][m])))
            .toArray();
    return new Comparison(
        Arrays.stream(columns).mapToObj(methods::get).toList(),
        Arrays.stream(rows).mapToObj(sets::get).toList(),
        Arrays.stream(rows).map(set -> classes[set]).toArray(),
        Arrays.stream(rows)
            .mapToObj(set -> Arrays.stream(columns).mapToDouble(m -> accuracies[set][m]).toArray())
            .toArray(double[][]::new));
  }

  private int[] columns(int fewestSets) {
    int[] enough =
        IntStream.range(0, methods.size()).filter(m -> setsOf(m) >= fewestSets).toArray();
    return enough.length > 0 ? enough : IntStream.range(0, methods.size()).toArray();
  }

  /** The number of datasets on which a method has results. */
  public int setsOf(int method) {
    return (int) Arrays.stream(accuracies(method)).filter(value -> !Double.isNaN(value)).count();
  }

  /** The accuracies of a method, one per dataset; NaN where it has none. */
  public double[] accuracies(int method) {
    return IntStream.range(0, sets.size()).mapToDouble(set -> accuracies[set][method]).toArray();
  }

  /** The mean accuracy of a method over its datasets. */
  public double meanAccuracy(int method) {
    return mean(set -> accuracies[set][method], method);
  }

  /**
   * The mean per-class error of a method: the mean over its datasets of the error rate divided by
   * the number of classes (Wang, Yan, Oates 2017, as used in the LSTM-FCN paper). NaN if the number
   * of classes of a dataset is unknown.
   */
  public double meanPerClassError(int method) {
    return mean(
        set -> classes[set] == 0 ? Double.NaN : (1 - accuracies[set][method]) / classes[set],
        method);
  }

  private double mean(IntToDoubleFunction ofSet, int method) {
    return IntStream.range(0, sets.size())
        .filter(set -> !Double.isNaN(accuracies[set][method]))
        .mapToDouble(ofSet)
        .average()
        .orElse(Double.NaN);
  }

  /**
   * The ranks {@code [sets][methods]}: 1 for the most accurate; equal methods share their mean
   * rank.
   */
  public double[][] ranks() {
    return Arrays.stream(accuracies)
        .map(ofSet -> RANKING.apply(Arrays.stream(ofSet).map(accuracy -> -accuracy).toArray()))
        .toArray(double[][]::new);
  }

  /** The number of datasets on which a method alone is the most accurate. */
  public int wins(int method) {
    return best(method, 1, 1);
  }

  /** The number of datasets on which a method is the most accurate together with others. */
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
}
