package io.github.lstmfcn.evaluation;

/**
 * An accuracy that somebody reported.
 *
 * @param source where, for people
 * @param accuracy as printed there, 0 to 1
 */
public record ReportedFigure(String source, double accuracy) {
  /** Figures are printed with four or five digits, some cut rather than rounded. */
  private static final double PRINTED_PRECISION = 1.01e-4;

  /** The number of correct series that it stands for, of so many. */
  public int correct(int total) {
    return (int) Math.round(accuracy * total);
  }

  /** Whether it is a share of so many series at all, to its printed digits. */
  public boolean isShareOf(int total) {
    return Math.abs(accuracy - (double) correct(total) / total) <= PRINTED_PRECISION;
  }
}
