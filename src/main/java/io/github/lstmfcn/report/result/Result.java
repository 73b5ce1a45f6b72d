package io.github.lstmfcn.report.result;

import io.github.lstmfcn.verification.ReportedFigure;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.commons.statistics.inference.FisherExactTest;
import org.apache.commons.statistics.interval.BinomialConfidenceInterval;
import org.apache.commons.statistics.interval.Interval;

/**
 * How many series of a set one model got right.
 *
 * @param method what the model is one of
 * @param cells of its recurrent layer; 0 if not known
 * @param chosenOn on what its weights were chosen, in words; empty if not known
 * @param set the data set's name
 * @param classes of the set; 0 if not known
 * @param correct series
 * @param total series
 * @param accuracy their share, or as it was printed where that is no share of so many series
 * @param reported what was reported of such a model; null if nothing was
 * @param model which one: the same text is the same model
 * @param run which one, for people
 * @param place the file or folder that has it; null if it is part of this library
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
  /** One minus the confidence of an interval, and the level below which chance is ruled out. */
  public static final double SIGNIFICANCE = 0.05;

  /** What {@link #chosenOn} is where the figure is no estimate of accuracy on new data. */
  public static final String TEST = "TEST";

  /**
   * @throws IllegalArgumentException unless {@code 0 <= correct <= total} and {@code total > 0}
   */
  public Result {
    if (!isCount(correct, total)) {
      throw new IllegalArgumentException(correct + " of " + total + " series");
    }
  }

  /** Whether so many of so many series can be. */
  static boolean isCount(int correct, int total) {
    return total > 0 && 0 <= correct && correct <= total;
  }

  /** The same under another name of the method. */
  Result of(String other) {
    return new Result(
        other, cells, chosenOn, set, classes, correct, total, accuracy, reported, model, run,
        place);
  }

  /** The same under another name of the set. */
  Result on(String other) {
    return new Result(
        method, cells, chosenOn, other, classes, correct, total, accuracy, reported, model, run,
        place);
  }

  /** The lower end of Wilson's score interval of the accuracy, at 95 % (Wilson 1927). */
  public double lower() {
    return Math.max(0, interval().getLowerBound());
  }

  /** The upper end. */
  public double upper() {
    return Math.min(1, interval().getUpperBound());
  }

  private Interval interval() {
    return BinomialConfidenceInterval.WILSON_SCORE.fromErrorRate(total, correct, SIGNIFICANCE);
  }

  /** Measured minus reported correct series. */
  public Optional<Integer> difference() {
    return Optional.ofNullable(reported).map(figure -> correct - figure.correct(total));
  }

  /**
   * How likely a difference at least as large is, if measured and reported accuracy were those of
   * one model on two samples: Fisher's exact test of the two counts, two-sided. As both were
   * measured on the same series, that is on the cautious side.
   */
  public Optional<Double> chance() {
    return Optional.ofNullable(reported).map(figure -> chance(figure.correct(total)));
  }

  private double chance(int other) {
    int[][] counts = {{correct, total - correct}, {other, total - other}};
    boolean same = correct == other;
    return same ? 1 : FisherExactTest.withDefaults().test(counts).getPValue();
  }

  /** Whether chance may make the difference between measured and reported. */
  public boolean withinChance() {
    return chance().map(p -> p >= SIGNIFICANCE).orElse(true);
  }
}
