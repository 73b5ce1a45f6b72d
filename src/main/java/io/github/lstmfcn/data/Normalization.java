package io.github.lstmfcn.data;

/** How series are scaled before a model sees them; see {@link Preparation}. */
public enum Normalization {
  /** Not at all, as the release of 2017: the 2015 archive is z-normalised already. */
  NONE,
  /** Each series by its own mean and standard deviation, as the release of 2019. */
  SAMPLE,
  /** All by mean and standard deviation of the whole TRAIN set, upstream's other mode. */
  TRAIN;

  /** Added to the deviation, so that a constant series does not divide by zero. */
  public static final double EPSILON = 1e-8;
}
