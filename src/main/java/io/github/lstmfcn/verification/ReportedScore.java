package io.github.lstmfcn.verification;

/**
 * The accuracy that one column reports for a dataset.
 *
 * @param column the title of the column
 * @param chosenOn the split on which the column's checkpoints were selected: {@code TRAIN}, {@code
 *     TEST} or {@code various}; empty if it is not known
 * @param set the name of the dataset
 * @param classes the number of classes of the dataset
 * @param figure the accuracy as printed
 * @param total the number of series that it was measured on
 */
public record ReportedScore(
    String column, String chosenOn, String set, int classes, ReportedFigure figure, int total) {
  /** {@return the number of correct series that the figure stands for} */
  public int correct() {
    return figure.correct(total);
  }

  /**
   * The accuracy that the figure stands for.
   *
   * @return the share of correct series; the figure as printed where no number of series gives it,
   *     since some figures are printed with three digits and a few were rounded otherwise, or where
   *     several do
   */
  public double accuracy() {
    boolean one = figure.isShareOf(total) && figure.fewest(total) == figure.most(total);
    return one ? (double) correct() / total : figure.accuracy();
  }
}
