package io.github.lstmfcn.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Ranks and tests; the numbers are SciPy's. */
class StatisticsTest {
  private static final Comparison SEVEN =
      Comparison.of(ResultFixture.sevenSets().list()).complete();

  private static Pair pair(PostHoc test, int first, int second) {
    return test.pairs(SEVEN).stream().filter(p -> p.isOf(first, second)).findAny().orElseThrow();
  }

  @Test
  void equalsShareTheMeanOfTheirRanks() {
    assertThat(SEVEN.ranks()[0]).containsExactly(1, 3, 2);
    assertThat(SEVEN.ranks()[1]).containsExactly(1.5, 1.5, 3);
    assertThat(SEVEN.ranks()[5]).containsExactly(2, 2, 2);
    assertThat(SEVEN.meanRanks())
        .containsExactly(new double[] {9.5 / 7, 15 / 7.0, 2.5}, within(1e-12));
  }

  @Test
  void winsAreAloneOrShared() {
    assertThat(new int[] {SEVEN.wins(0), SEVEN.wins(1), SEVEN.wins(2)}).containsExactly(4, 1, 0);
    assertThat(new int[] {SEVEN.sharedWins(0), SEVEN.sharedWins(1), SEVEN.sharedWins(2)})
        .containsExactly(2, 2, 1);
  }

  @Test
  void onlySetsThatAllMethodsHaveAreRanked() {
    List<Result> results = new ArrayList<>(ResultFixture.sevenSets().list());
    results.add(ResultFixture.result("A", "another", 1, 2));
    Comparison everywhere = Comparison.of(results);

    assertThat(everywhere.sets()).hasSize(8).contains("another");
    assertThat(everywhere.accuracies(1)).contains(Double.NaN);
    assertThat(everywhere.complete().sets()).hasSize(7).doesNotContain("another");
  }

  @Test
  void severalModelsOfAMethodCountAsTheirMean() {
    Comparison comparison =
        Comparison.of(
            List.of(
                ResultFixture.result("A", "CBF", 1, 4), ResultFixture.result("A", "CBF", 2, 4)));

    assertThat(comparison.meanAccuracy(0)).isCloseTo(0.375, within(1e-12));
    assertThat(comparison.meanPerClassError(0)).isCloseTo(0.625 / 2, within(1e-12));
  }

  @Test
  void friedmanCorrectsForTies() {
    Friedman friedman = Friedman.of(SEVEN);

    assertThat(friedman.statistic()).isCloseTo(6.090909090909081, within(1e-12));
    assertThat(friedman.degreesOfFreedom()).isEqualTo(2);
    assertThat(friedman.pValue()).isCloseTo(0.04757468221649296, within(1e-12));
  }

  @Test
  void methodsThatAreEqualEverywhereDoNotDiffer() {
    List<Result> results = new ArrayList<>();
    for (int set = 0; set < 6; set++) {
      for (String method : List.of("A", "B", "C")) {
        results.add(ResultFixture.result(method, "set" + set, 7, 9));
      }
    }
    Report report = Report.of(new Results(results, List.of()), PostHoc.WILCOXON_HOLM);

    assertThat(report.friedman().pValue()).isEqualTo(1);
    assertThat(report.findings()).anyMatch(finding -> finding.contains("all methods are alike"));
    assertThat(report.pairs()).allMatch(pair -> pair.wilcoxon() == 1 && pair.ties() == 6);
    assertThat(report.groups()).singleElement().isEqualTo(new int[] {0, 2});
  }

  @Test
  void fiveSetsAreTooFew() {
    List<Result> results =
        ResultFixture.sevenSets().list().stream()
            .filter(result -> result.set().compareTo("set5") < 0)
            .toList();
    Report report = Report.of(new Results(results, List.of()), PostHoc.NEMENYI);

    assertThat(report.comparison().sets()).hasSize(5);
    assertThat(report.isTested()).isFalse();
    assertThat(report.pairs()).isEmpty();
    assertThat(report.findings()).anyMatch(finding -> finding.contains("Nothing is tested"));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1, 0.0782481864330958, 4, 2, 1",
    "0, 2, 0.025596805385948558, 6, 1, 0",
    "1, 2, 0.22067136191984693, 3, 2, 2",
  })
  void pairsAreCountedAndTested(
      int first, int second, String expected, int wins, int ties, int losses) {
    Pair pair = pair(PostHoc.WILCOXON_HOLM, first, second);

    assertThat(List.of(pair.wins(), pair.ties(), pair.losses()))
        .containsExactly(wins, ties, losses);
    assertThat(pair.wilcoxon()).isCloseTo(Double.parseDouble(expected), within(1e-12));
  }

  @Test
  void wilcoxonIsExactWithoutTies() {
    assertThat(PostHoc.wilcoxon(new double[] {.1, -.02, .03, .04, .05, .06, .07, .08, 0}))
        .isCloseTo(0.015625, within(1e-12));
    assertThat(PostHoc.wilcoxon(new double[] {0, 0})).isEqualTo(1);
  }

  @Test
  void holmMultipliesTheSmallestByAllAndNeverFalls() {
    double[] p = {0.01, 0.04, 0.03, 0.005};
    List<Pair> pairs =
        Arrays.stream(p).mapToObj(value -> new Pair(0, 1, 0, 0, 0, 0, value, value)).toList();

    assertThat(PostHoc.WILCOXON_HOLM.adjust(SEVEN, pairs).stream().map(Pair::adjusted))
        .containsExactly(0.03, 0.06, 0.06, 0.02);
  }

  @ParameterizedTest
  @CsvSource({
    "2, 2.771807648699355, 0.03389485352468935",
    "3, 3.314493155398122, 0.08554257165495793",
    "5, 3.857655510378623, 0.21087650496353805",
    "10, 4.474124221725907, 0.5121840739708068",
    "20, 5.0116887941184425, 0.8462564661943723"
  })
  void theRangeIsStudents(int values, double critical, double beyondThree) {
    StudentizedRange range = new StudentizedRange(values);

    assertThat(range.critical(0.05)).isCloseTo(critical, within(1e-8));
    assertThat(range.survivalProbability(3)).isCloseTo(beyondThree, within(1e-10));
    assertThat(range.survivalProbability(0)).isEqualTo(1);
  }

  @Test
  void nemenyiTellsApartFromTheCriticalDifferenceOn() {
    double difference = PostHoc.criticalDifference(SEVEN, 0.05);

    assertThat(difference).isCloseTo(1.2527606587727418, within(1e-8));
    assertThat(PostHoc.NEMENYI.pairs(SEVEN))
        .allSatisfy(
            pair ->
                assertThat(pair.adjusted() < 0.05)
                    .isEqualTo(
                        Math.abs(SEVEN.meanRanks()[pair.first()] - SEVEN.meanRanks()[pair.second()])
                            > difference));
  }

  @ParameterizedTest
  @EnumSource(PostHoc.class)
  void aGroupIsNeighboursOfWhichNoTwoDiffer(PostHoc test) {
    Random random = new Random(5);
    for (int trial = 0; trial < 30; trial++) {
      List<Result> results = new ArrayList<>();
      for (int set = 0; set < 12; set++) {
        for (int method = 0; method < 6; method++) {
          int correct = Math.min(100, 40 + 5 * method + random.nextInt(20));
          results.add(ResultFixture.result("m" + method, "set" + set, correct, 100));
        }
      }
      Report report = Report.of(new Results(results, List.of()), test);
      List<Integer> order = report.byRank();
      for (int[] group : report.groups()) {
        for (int one = group[0]; one <= group[1]; one++) {
          for (int other = one + 1; other <= group[1]; other++) {
            assertThat(report.differ(order.get(one), order.get(other))).isFalse();
          }
        }
      }
      for (int at = 0; at + 1 < order.size(); at++) {
        int place = at;
        boolean joined =
            report.groups().stream().anyMatch(group -> group[0] <= place && place < group[1]);
        assertThat(joined).isEqualTo(!report.differ(order.get(at), order.get(at + 1)));
      }
    }
  }
}
