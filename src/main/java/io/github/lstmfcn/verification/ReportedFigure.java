package io.github.lstmfcn.verification;

/**
 * An accuracy that was reported somewhere. One that is printed with few digits stands for several
 * numbers of correct series: 0.99 of 370 series for 365 to 368.
 *
 * @param source where it was reported, for people
 * @param accuracy the accuracy as printed there, 0 to 1
 * @param digits the number of decimals that are printed there
 */
public record ReportedFigure(String source, double accuracy, int digits) {
  /** Figures are printed with four or five digits, some truncated rather than rounded. */
  private static final double PRINTED_PRECISION = 1.01e-4;

  /** Larger than the rounding errors of a share of series. */
  private static final double ROUNDING = 1e-9;

  /** The number of decimals from which a figure stands for one count of any dataset. */
  private static final int EXACT = 9;

  /**
   * A figure that stands for one number of correct series of any dataset.
   *
   * @param source where it was reported, for people
   * @param accuracy the accuracy, 0 to 1
   * @return the figure
   */
  static ReportedFigure exact(String source, double accuracy) {
    return new ReportedFigure(source, accuracy, EXACT);
  }

  /**
   * {@return the number of correct series that the accuracy stands for, the middle one of several}
   *
   * @param total the number of series
   */
  public int correct(int total) {
    return (int) Math.round(accuracy * total);
  }

  /**
   * {@return the smallest number of correct series that the accuracy stands for}
   *
   * @param total the number of series
   */
  public int fewest(int total) {
    int smallest = Math.min(correct(total), (int) Math.ceil((accuracy - halfUnit()) * total));
    return Math.max(0, smallest);
  }

  /**
   * {@return the largest number of correct series that the accuracy stands for}
   *
   * @param total the number of series
   */
  public int most(int total) {
    int largest = Math.max(correct(total), (int) Math.floor((accuracy + halfUnit()) * total));
    return Math.min(total, largest);
  }

  /**
   * {@return the number of correct series that the accuracy stands for and that is nearest to a
   * measured one}
   *
   * @param correct the measured number of correct series
   * @param total the number of series
   */
  public int nearest(int correct, int total) {
    return Math.max(fewest(total), Math.min(most(total), correct));
  }

  /**
   * {@return whether the accuracy is a share of that number of series, to its printed digits}
   *
   * @param total the number of series
   */
  public boolean isShareOf(int total) {
    double distance = Math.abs(accuracy - (double) correct(total) / total);
    return distance <= Math.max(PRINTED_PRECISION, halfUnit());
  }

  private double halfUnit() {
    return 0.5 * Math.pow(10, -digits) + ROUNDING;
  }
}
