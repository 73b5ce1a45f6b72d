package io.github.lstmfcn.data;

import java.util.Optional;

/**
 * How series are normalised before they enter a model; see {@link Preparation}. A series has one
 * variable (univariate) or several (multivariate), and what is meant differs between the two: in a
 * univariate series padding and missing values count as 0 in mean and standard deviation, in a
 * multivariate one they take no part and are 0 afterwards. The exceptions are stated below.
 */
public enum Normalization {
  /**
   * No normalisation, as in the univariate release of 2017 (the 2015 archive is z-normalised
   * already) and in the original's trainings on multivariate series.
   */
  NONE,

  /**
   * Each series by its own mean and standard deviation, as in the release of 2019; a multivariate
   * series variable by variable. A variable that is constant becomes 0.
   */
  SAMPLE,

  /**
   * All series by mean and standard deviation of the TRAIN split, the other mode of the original
   * code; in multivariate series per variable, and a variable that is 0 at every step of a series
   * stays 0, so that the network's mask still leaves it out. A variable that is constant over the
   * TRAIN split becomes 0 in every series: the network has never seen it change.
   */
  TRAIN,

  /**
   * All series by one mean and standard deviation of the whole TRAIN split after padding, over all
   * variables together, as the original code normalises multivariate series. Padding is scaled as
   * well and is not 0 afterwards, hence the mask of the network, which leaves out variables that
   * are 0 at every step, never acts. For univariate series it is the same as {@link #TRAIN}.
   */
  UPSTREAM,

  /**
   * Each variable by its mean and standard deviation (with n - 1) over the values of TRAIN and TEST
   * together, before padding: how the published multivariate data were made. This is a leak, since
   * TEST influences what a model is trained on; use it only to reproduce reported results. It
   * treats univariate series as multivariate ones of one variable.
   */
  POOLED;

  /** Added to the standard deviation, so that a constant series does not divide by zero. */
  public static final double EPSILON = 1e-8;

  /** {@return whether mean and standard deviation are those of the TRAIN split} */
  public boolean needsTrain() {
    return this == TRAIN || this == UPSTREAM || this == POOLED;
  }

  /** {@return whether mean and standard deviation depend on the TEST split as well} */
  public boolean needsTest() {
    return this == POOLED;
  }

  /** {@return what everyone who uses it has to be told, as one sentence; empty for most} */
  public Optional<String> warning() {
    return this == POOLED
        ? Optional.of(
            "Normalisation pooled is a leak: mean and standard deviation are those of TRAIN and"
                + " TEST together, as in the published multivariate data; use it only to reproduce"
                + " reported results.")
        : Optional.empty();
  }

  /** The number of means, and of standard deviations, that a preparation has. */
  int scales(int variables) {
    return !needsTrain() ? 0 : this == UPSTREAM ? 1 : variables;
  }
}
