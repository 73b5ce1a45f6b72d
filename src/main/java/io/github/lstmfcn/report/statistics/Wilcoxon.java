package io.github.lstmfcn.report.statistics;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.apache.commons.statistics.inference.ContinuityCorrection;
import org.apache.commons.statistics.inference.WilcoxonSignedRankTest;
import org.apache.commons.statistics.ranking.NaturalRanking;

/**
 * Wilcoxon's signed-rank test, two-sided, of paired differences; zeros are discarded (Wilcoxon
 * 1945). The p-value is exact for at most 50 differences without ties and for at most 13 with ties,
 * else that of the normal approximation without correction for continuity: SciPy's defaults.
 */
final class Wilcoxon {
  private static final WilcoxonSignedRankTest TEST =
      WilcoxonSignedRankTest.withDefaults().with(ContinuityCorrection.DISABLED);

  /**
   * The largest number of differences with ties whose 8,192 assignments of signs are enumerated.
   */
  private static final int MOST_ENUMERATED = 13;

  private Wilcoxon() {}

  /** The p-value; 1 if all differences are zero. */
  static double pValue(double[] differences) {
    double[] changes = DoubleStream.of(differences).filter(value -> value != 0).toArray();
    if (changes.length == 0) {
      return 1;
    }
    WilcoxonSignedRankTest.Result result = TEST.test(changes);
    return result.hasTiedValues() && changes.length <= MOST_ENUMERATED
        ? enumerated(changes, result.getStatistic())
        : result.getPValue();
  }

  /** The share of sign assignments whose sum of positive ranks is at least as far from its mean. */
  private static double enumerated(double[] changes, double sum) {
    double[] ranks = new NaturalRanking().apply(Arrays.stream(changes).map(Math::abs).toArray());
    double middle = DoubleStream.of(ranks).sum() / 2;
    int ways = 1 << ranks.length;
    int asFar = 0;
    for (int signs = 0; signs < ways; signs++) {
      double positive = 0;
      for (int at = 0; at < ranks.length; at++) {
        positive += (signs >> at & 1) * ranks[at];
      }
      // Ranks and their sums are multiples of one half: no rounding.
      asFar += Math.abs(positive - middle) >= Math.abs(sum - middle) ? 1 : 0;
    }
    return (double) asFar / ways;
  }
}
