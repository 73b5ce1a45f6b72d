package io.github.lstmfcn.report.statistics;

import org.apache.commons.statistics.distribution.NormalDistribution;
import org.hipparchus.analysis.UnivariateFunction;
import org.hipparchus.analysis.integration.IterativeLegendreGaussIntegrator;
import org.hipparchus.analysis.solvers.BrentSolver;

/**
 * The distribution of the range of independent standard normal values: the studentized range with
 * infinitely many degrees of freedom, on which Nemenyi's test is based.
 *
 * @param values the number of values, at least two
 */
record StudentizedRange(int values) {
  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  /** A normal value is farther from zero than this with a probability of 1e-23. */
  private static final double FARTHEST = 10;

  private static final int MAXIMUM_EVALUATIONS = 1_000_000;

  /** The probability that the range is larger. */
  double survivalProbability(double range) {
    if (range <= 0) {
      return 1;
    }
    // The smallest value is at x, the others within the range above it.
    UnivariateFunction density =
        x -> values * NORMAL.density(x) * Math.pow(NORMAL.probability(x, x + range), values - 1.0);
    double within =
        new IterativeLegendreGaussIntegrator(16, 1e-12, 1e-14)
            .integrate(MAXIMUM_EVALUATIONS, density, -FARTHEST, FARTHEST);
    return Math.min(1, Math.max(0, 1 - within));
  }

  /** The range that is exceeded with the given probability. */
  double critical(double probability) {
    return new BrentSolver(1e-10)
        .solve(
            MAXIMUM_EVALUATIONS,
            range -> survivalProbability(range) - probability,
            1e-6,
            4 * FARTHEST);
  }
}
