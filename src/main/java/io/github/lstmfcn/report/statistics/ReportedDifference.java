package io.github.lstmfcn.report.statistics;

import io.github.lstmfcn.report.result.Result;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * The models of a method beside the accuracies that were reported for them. Several models on one
 * dataset, such as those of several seeds, are averaged before anything is averaged or tested over
 * the datasets.
 *
 * @param models the number of models
 * @param more the number of models with more correct series than reported
 * @param fewer the number of models with fewer
 * @param within the number of models whose difference may be due to chance, see {@link
 *     Result#withinChance}
 * @param sets the number of datasets
 * @param mean the measured minus the reported accuracy, mean over the datasets
 * @param lower the lower bound of the mean's confidence interval, by Student's distribution; NaN of
 *     one dataset
 * @param upper the upper bound
 * @param wilcoxon the p-value of Wilcoxon's signed-rank test over the datasets; NaN of fewer than
 *     {@link Ranking#FEWEST_SETS}
 * @param error the mean per-class error, see {@link Comparison#meanPerClassError}
 * @param reportedError the mean per-class error of the reported accuracies
 */
public record ReportedDifference(
    int models,
    int more,
    int fewer,
    int within,
    int sets,
    double mean,
    double lower,
    double upper,
    double wilcoxon,
    double error,
    double reportedError) {

  /**
   * Compares the models of a method.
   *
   * @param models the models; at least one, each with a reported accuracy
   */
  public static ReportedDifference of(List<Result> models) {
    Map<List<Object>, List<Result>> bySet = new LinkedHashMap<>();
    for (Result model : models) {
      bySet
          .computeIfAbsent(List.of(model.set(), model.total()), set -> new ArrayList<>())
          .add(model);
    }
    double[] differences =
        bySet.values().stream().mapToDouble(ReportedDifference::difference).toArray();
    int sets = differences.length;
    double mean = DoubleStream.of(differences).average().orElseThrow();
    double half = sets < 2 ? Double.NaN : halfInterval(differences, mean);
    return new ReportedDifference(
        models.size(),
        (int) models.stream().filter(model -> model.difference().orElseThrow() > 0).count(),
        (int) models.stream().filter(model -> model.difference().orElseThrow() < 0).count(),
        (int) models.stream().filter(Result::withinChance).count(),
        sets,
        mean,
        mean - half,
        mean + half,
        sets < Ranking.FEWEST_SETS ? Double.NaN : Wilcoxon.pValue(differences),
        error(bySet, 0),
        error(bySet, 1));
  }

  /** The number of models with as many correct series as reported. */
  public int equal() {
    return models - more - fewer;
  }

  private static double difference(List<Result> ofSet) {
    return Comparison.rounded(
        ofSet.stream().mapToDouble(ReportedDifference::difference).average().orElseThrow());
  }

  private static double difference(Result model) {
    return (double) model.difference().orElseThrow() / model.total();
  }

  private static double halfInterval(double[] differences, double mean) {
    int sets = differences.length;
    double squares =
        DoubleStream.of(differences).map(value -> (value - mean) * (value - mean)).sum();
    return TDistribution.of(sets - 1).inverseSurvivalProbability(Result.SIGNIFICANCE / 2)
        * Math.sqrt(squares / (sets - 1) / sets);
  }

  /**
   * The mean per-class error. {@code reported} is 0 for the measured and 1 for the reported one.
   */
  private static double error(Map<List<Object>, List<Result>> bySet, int reported) {
    return bySet.values().stream()
        .mapToDouble(
            ofSet ->
                ofSet.stream()
                    .mapToDouble(
                        model ->
                            model.classes() == 0
                                ? Double.NaN
                                : (1 - model.accuracy() + reported * difference(model))
                                    / model.classes())
                    .average()
                    .orElseThrow())
        .average()
        .orElseThrow();
  }
}
