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
 * The accuracies of some methods on some sets.
 *
 * @param methods in the order in which they occur
 * @param sets by name, with the number of series where a set was measured on several halves
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

  /**
   * Compares all methods that occur, on sets in alphabetical order. Counts of different halves of a
   * set are not comparable: such a set is several.
   */
  public static Comparison of(List<Result> results) {
    Map<String, Set<Integer>> totals = totals(results);
    Set<String> methods = new LinkedHashSet<>();
    Map<String, Map<String, List<Result>>> bySet = new TreeMap<>();
    for (Result result : results) {
      boolean one = totals.get(result.set()).size() == 1;
      String set = one ? result.set() : "%s (%d)".formatted(result.set(), result.total());
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

  /** Of each set the numbers of series that it was measured on: one, or several halves. */
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

  /** What is left of an accuracy, or of a difference, without what rounding adds. */
  static double rounded(double value) {
    return Math.rint(value / RESOLUTION) * RESOLUTION;
  }

  /**
   * What can be ranked: the methods that have enough sets, on the sets that all of those have. If
   * none has enough, all methods.
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

  /** On how many sets a method has results. */
  public int setsOf(int method) {
    return (int) Arrays.stream(accuracies(method)).filter(value -> !Double.isNaN(value)).count();
  }

  /** The accuracies of a method, set by set; NaN where it has none. */
  public double[] accuracies(int method) {
    return IntStream.range(0, sets.size()).mapToDouble(set -> accuracies[set][method]).toArray();
  }

  /** Mean accuracy of a method over the sets that it has. */
  public double meanAccuracy(int method) {
    return mean(set -> accuracies[set][method], method);
  }

  /**
   * The mean per-class error of a method: the mean over the sets that it has of error rate by
   * number of classes (Wang, Yan, Oates 2017, as the LSTM-FCN paper has it). NaN if a set's classes
   * are not known.
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

  /** Ranks {@code [sets][methods]}: 1 for the most accurate; equals share the mean of theirs. */
  public double[][] ranks() {
    return Arrays.stream(accuracies)
        .map(ofSet -> RANKING.apply(Arrays.stream(ofSet).map(accuracy -> -accuracy).toArray()))
        .toArray(double[][]::new);
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
}
