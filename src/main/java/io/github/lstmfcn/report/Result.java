package io.github.lstmfcn.report;

import io.github.lstmfcn.evaluation.ReportedFigure;
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
 * @param set the data set's name
 * @param classes of the set; 0 if not known
 * @param correct series
 * @param total series
 * @param accuracy their share, or as it was printed where that is no share of so many series
 * @param chosenOn on what its weights were chosen, in words; empty if not known
 * @param reported what was reported of such a model; null if nothing was
 * @param run which model, within the place
 * @param place the file or folder that has it; null if it is part of this library
 */
public record Result(
    String method,
    int cells,
    String set,
    int classes,
    int correct,
    int total,
    double accuracy,
    String chosenOn,
    ReportedFigure reported,
    String run,
    Path place) {
  /** One minus the confidence of an interval, and the level below which chance is ruled out. */
  static final double SIGNIFICANCE = 0.05;

  /**
   * @throws IllegalArgumentException unless {@code 0 <= correct <= total} and {@code total > 0}
   */
  public Result {
    if (total < 1 || correct < 0 || correct > total) {
      throw new IllegalArgumentException(correct + " of " + total + " series");
    }
  }

  /** What was counted. */
  Result(
      String method,
      int cells,
      String set,
      int classes,
      int correct,
      int total,
      String chosenOn,
      ReportedFigure reported,
      String run,
      Path place) {
    this(
        method,
        cells,
        set,
        classes,
        correct,
        total,
        (double) correct / total,
        chosenOn,
        reported,
        run,
        place);
  }

  /** The same under another name of the method. */
  Result of(String other) {
    return new Result(
        other, cells, set, classes, correct, total, accuracy, chosenOn, reported, run, place);
  }

  /** Wilson's score interval of the accuracy, at 95 % (Wilson 1927). */
  public Interval interval() {
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
