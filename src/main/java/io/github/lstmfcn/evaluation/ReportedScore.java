package io.github.lstmfcn.evaluation;

import io.github.lstmfcn.data.UcrSet;

/**
 * What a column has of a set.
 *
 * @param column which
 * @param set whose
 * @param figure as printed
 * @param total series that it was measured on
 */
public record ReportedScore(ReportedColumn column, UcrSet set, ReportedFigure figure, int total) {
  /** The number of correct series that the figure stands for. */
  public int correct() {
    return figure.correct(total);
  }

  /**
   * The share of series that the figure stands for; as printed where that is none, since some are
   * printed with three digits and a few were rounded otherwise.
   */
  public double accuracy() {
    return figure.isShareOf(total) ? (double) correct() / total : figure.accuracy();
  }
}
