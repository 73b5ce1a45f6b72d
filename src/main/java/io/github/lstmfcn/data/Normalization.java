package io.github.lstmfcn.data;

/** How series are normalised before they enter a model; see {@link Preparation}. */
public enum Normalization {
  /** No normalisation, as in the release of 2017: the 2015 archive is z-normalised already. */
  NONE,
  /** Each series by its own mean and standard deviation, as in the release of 2019. */
  SAMPLE,
  /**
   * All series by the mean and standard deviation of the whole TRAIN split, the other mode of the
   * original code.
   */
  TRAIN;

  /** Added to the standard deviation, so that a constant series does not divide by zero. */
  public static final double EPSILON = 1e-8;
}
