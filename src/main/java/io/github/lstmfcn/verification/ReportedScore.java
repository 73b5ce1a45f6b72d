package io.github.lstmfcn.verification;

import io.github.lstmfcn.data.UcrDataset;

/**
 * The accuracy that one column reports for a dataset.
 *
 * @param column the column
 * @param set the dataset
 * @param figure the accuracy as printed
 * @param total the number of series that it was measured on
 */
public record ReportedScore(
    ReportedColumn column, UcrDataset set, ReportedFigure figure, int total) {
  /** {@return the number of correct series that the figure stands for} */
  public int correct() {
    return figure.correct(total);
  }

  /**
   * The accuracy that the figure stands for.
   *
   * @return the share of correct series; the figure as printed where no number of series gives it,
   *     since some figures are printed with three digits and a few were rounded otherwise
   */
  public double accuracy() {
    return figure.isShareOf(total) ? (double) correct() / total : figure.accuracy();
  }
}
