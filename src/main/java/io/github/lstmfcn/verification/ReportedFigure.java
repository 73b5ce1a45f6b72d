package io.github.lstmfcn.verification;

/**
 * An accuracy that was reported somewhere.
 *
 * @param source where it was reported, for people
 * @param accuracy the accuracy as printed there, 0 to 1
 */
public record ReportedFigure(String source, double accuracy) {
  /** Figures are printed with four or five digits, some truncated rather than rounded. */
  private static final double PRINTED_PRECISION = 1.01e-4;

  /**
   * {@return the number of correct series that the accuracy stands for}
   *
   * @param total the number of series
   */
  public int correct(int total) {
    return (int) Math.round(accuracy * total);
  }

  /**
   * {@return whether the accuracy is a share of that number of series, to its printed digits}
   *
   * @param total the number of series
   */
  public boolean isShareOf(int total) {
    return Math.abs(accuracy - (double) correct(total) / total) <= PRINTED_PRECISION;
  }
}
