package io.github.lstmfcn.report.result;

import io.github.lstmfcn.verification.ReportedFigure;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.commons.statistics.inference.FisherExactTest;
import org.apache.commons.statistics.interval.BinomialConfidenceInterval;
import org.apache.commons.statistics.interval.Interval;

/**
 * The score of one model on one dataset.
 *
 * @param method the method that the model belongs to
 * @param cells the number of cells of the recurrent layer; 0 if unknown
 * @param chosenOn the split on which the weights were selected; empty if unknown
 * @param set the name of the dataset
 * @param classes the number of classes of the dataset; 0 if unknown
 * @param correct the number of correct series
 * @param total the number of series
 * @param accuracy the share of correct series, or the printed accuracy where it is not a share of
 *     {@code total} series
 * @param reported the accuracy reported for such a model; null if there is none
 * @param model identifies the model: equal texts are the same model
 * @param run the name of the model, for people
 * @param place the file or folder with the result; null for results that are part of this library
 */
public record Result(
    String method,
    int cells,
    String chosenOn,
    String set,
    int classes,
    int correct,
    int total,
    double accuracy,
    ReportedFigure reported,
    String model,
    String run,
    Path place) {
  /** The significance level of tests, and one minus the confidence level of intervals. */
  public static final double SIGNIFICANCE = 0.05;

  /**
   * The value of {@link #chosenOn} for figures that are no estimate of the accuracy on new data.
   */
  public static final String TEST = "TEST";

  /**
   * Checks the counts.
   *
   * @throws IllegalArgumentException unless {@code 0 <= correct <= total} and {@code total > 0}
   */
  public Result {
    if (!isCount(correct, total)) {
      throw new IllegalArgumentException(
          "expected correct between 0 and total, found %s of %s series".formatted(correct, total));
    }
  }

  /** Whether the counts are possible. */
  static boolean isCount(int correct, int total) {
    return total > 0 && 0 <= correct && correct <= total;
  }

  /** This result under another name of the method. */
  Result of(String other) {
    return new Result(
        other, cells, chosenOn, set, classes, correct, total, accuracy, reported, model, run,
        place);
  }

  /** This result under another name of the dataset. */
  Result on(String other) {
    return new Result(
        method, cells, chosenOn, other, classes, correct, total, accuracy, reported, model, run,
        place);
  }

  /** The lower bound of the Wilson score interval of the accuracy, at 95 % (Wilson 1927). */
  public double lower() {
    return Math.max(0, interval().getLowerBound());
  }

  /** The upper bound of the interval. */
  public double upper() {
    return Math.min(1, interval().getUpperBound());
  }

  private Interval interval() {
    return BinomialConfidenceInterval.WILSON_SCORE.fromErrorRate(total, correct, SIGNIFICANCE);
  }

  /**
   * The measured minus the reported number of correct series, the nearest one that the figure
   * stands for; empty if nothing was reported.
   */
  public Optional<Integer> difference() {
    return Optional.ofNullable(reported).map(figure -> correct - figure.nearest(correct, total));
  }

  /**
   * The p-value of Fisher's exact test of the measured and the reported count, two-sided: the
   * probability of a difference at least as large if both were measured with one model on two
   * samples. The test is conservative, since both were measured on the same series.
   */
  public Optional<Double> chance() {
    return Optional.ofNullable(reported).map(figure -> chance(figure.nearest(correct, total)));
  }

  private double chance(int other) {
    int[][] counts = {{correct, total - correct}, {other, total - other}};
    boolean same = correct == other;
    return same ? 1 : FisherExactTest.withDefaults().test(counts).getPValue();
  }

  /** Whether the difference between measured and reported may be due to chance. */
  public boolean withinChance() {
    return chance().map(p -> p >= SIGNIFICANCE).orElse(true);
  }
}
