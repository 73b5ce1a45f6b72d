package io.github.lstmfcn.report.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.lstmfcn.report.Findings;
import io.github.lstmfcn.report.Report;
import io.github.lstmfcn.report.result.Result;
import io.github.lstmfcn.report.result.ResultFixture;
import io.github.lstmfcn.verification.ReportedFigure;
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
      Comparison.of(ResultFixture.sevenSets()).ranked(Ranking.FEWEST_SETS);

  private static MethodPair pair(PostHoc test, int first, int second) {
    return Ranking.of(SEVEN, test).pairs().stream()
        .filter(pair -> pair.first() == first && pair.second() == second)
        .findAny()
        .orElseThrow();
  }

  @Test
  void equalsShareTheMeanOfTheirRanks() {
    assertThat(SEVEN.ranks()[0]).containsExactly(1, 3, 2);
    assertThat(SEVEN.ranks()[1]).containsExactly(1.5, 1.5, 3);
    assertThat(SEVEN.ranks()[5]).containsExactly(2, 2, 2);
    assertThat(Ranking.of(SEVEN, PostHoc.NEMENYI).meanRanks())
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
    List<Result> results = new ArrayList<>(ResultFixture.sevenSets());
    results.add(ResultFixture.result("A", "another", 1, 2));
    Comparison everywhere = Comparison.of(results);

    assertThat(everywhere.sets()).hasSize(8).contains("another");
    assertThat(everywhere.accuracies(1)).contains(Double.NaN);
    assertThat(everywhere.ranked(6).sets()).hasSize(7).doesNotContain("another");
  }

  @Test
  void aMethodWithFewSetsVoidsNothing() {
    List<Result> results = new ArrayList<>(ResultFixture.sevenSets());
    results.add(ResultFixture.result("few", "set1", 1, 100));
    Report report = ResultFixture.report(PostHoc.NEMENYI, results);

    assertThat(report.ranking().comparison().methods()).containsExactly("A", "B", "C");
    assertThat(report.isTested()).isTrue();
    assertThat(new Findings(report).sentences())
        .contains("Not ranked, since they have fewer than 6 datasets: few (1 dataset).");
  }

  @Test
  void countsOfDifferentSeriesAreNotCompared() {
    List<Result> results = new ArrayList<>(ResultFixture.sevenSets());
    results.removeIf(result -> result.set().equals("set3") && result.method().equals("A"));
    results.add(ResultFixture.result("A", "set3", 40, 50));
    Comparison everywhere = Comparison.of(results);

    assertThat(everywhere.sets()).contains("set3 (50)", "set3 (100)").doesNotContain("set3");
    assertThat(everywhere.ranked(6).sets()).hasSize(6);
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
    Friedman friedman = Friedman.of(SEVEN.ranks());

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
    Report report = ResultFixture.report(PostHoc.WILCOXON_HOLM, results);

    assertThat(report.ranking().friedman().pValue()).isEqualTo(1);
    assertThat(new Findings(report).sentences())
        .anyMatch(finding -> finding.contains("all methods are equal"));
    assertThat(report.ranking().pairs()).allMatch(pair -> pair.wilcoxon() == 1 && pair.ties() == 6);
    assertThat(report.ranking().groups()).containsExactly(new Ranking.Group(0, 2));
  }

  @Test
  void fiveSetsAreTooFew() {
    List<Result> results =
        ResultFixture.sevenSets().stream()
            .filter(result -> result.set().compareTo("set5") < 0)
            .toList();
    Report report = ResultFixture.report(PostHoc.NEMENYI, results);

    assertThat(report.ranking().comparison().sets()).hasSize(5);
    assertThat(report.isTested()).isFalse();
    assertThat(report.ranking().pairs()).isEmpty();
    assertThat(new Findings(report).sentences())
        .anyMatch(finding -> finding.contains("No tests were made"));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1, 0.125, 4, 2, 1",
    "0, 2, 0.03125, 6, 1, 0",
    "1, 2, 0.25, 3, 2, 2",
  })
  void pairsAreCountedAndTested(
      int first, int second, String expected, int wins, int ties, int losses) {
    MethodPair pair = pair(PostHoc.WILCOXON_HOLM, first, second);

    assertThat(List.of(pair.wins(), pair.ties(), pair.losses()))
        .containsExactly(wins, ties, losses);
    assertThat(pair.wilcoxon()).isCloseTo(Double.parseDouble(expected), within(1e-12));
  }

  @Test
  void wilcoxonIsExactWithoutTies() {
    assertThat(Wilcoxon.pValue(new double[] {.1, -.02, .03, .04, .05, .06, .07, .08, 0}))
        .isCloseTo(0.015625, within(1e-12));
    assertThat(Wilcoxon.pValue(new double[] {0, 0})).isEqualTo(1);
  }

  @Test
  void holmMultipliesTheSmallestByAllAndNeverFalls() {
    double[] p = {0.01, 0.04, 0.03, 0.005};
    List<MethodPair> pairs =
        Arrays.stream(p).mapToObj(value -> new MethodPair(0, 1, 0, 0, 0, 0, value, value)).toList();

    assertThat(
            PostHoc.WILCOXON_HOLM.adjust(pairs, new double[0], 0).stream()
                .map(MethodPair::adjusted))
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
    Ranking ranking = Ranking.of(SEVEN, PostHoc.NEMENYI);

    assertThat(ranking.criticalDifference()).isCloseTo(1.2527606587727418, within(1e-8));
    assertThat(ranking.pairs())
        .allSatisfy(
            pair ->
                assertThat(pair.differ())
                    .isEqualTo(
                        Math.abs(
                                ranking.meanRanks()[pair.first()]
                                    - ranking.meanRanks()[pair.second()])
                            > ranking.criticalDifference()));
  }

  /** Groups by their definition: every run of neighbours of which no two differ, the largest. */
  private static List<Ranking.Group> byDefinition(Ranking ranking) {
    List<Ranking.Group> alike = new ArrayList<>();
    List<Integer> order = ranking.order();
    for (int first = 0; first < order.size(); first++) {
      for (int last = first + 1; last < order.size(); last++) {
        List<Integer> members = order.subList(first, last + 1);
        if (ranking.pairs().stream()
            .noneMatch(
                pair ->
                    pair.differ()
                        && members.contains(pair.first())
                        && members.contains(pair.second()))) {
          alike.add(new Ranking.Group(first, last));
        }
      }
    }
    return alike.stream()
        .filter(
            group ->
                alike.stream()
                    .noneMatch(
                        other ->
                            !other.equals(group)
                                && other.first() <= group.first()
                                && group.last() <= other.last()))
        .toList();
  }

  @ParameterizedTest
  @EnumSource(PostHoc.class)
  void groupsAreTheLargestOfWhichNoTwoDiffer(PostHoc test) {
    Random random = new Random(5);
    int several = 0;
    for (int trial = 0; trial < 60; trial++) {
      List<Result> results = new ArrayList<>();
      for (int set = 0; set < 12; set++) {
        for (int method = 0; method < 7; method++) {
          int correct = Math.min(100, 40 + 3 * method + random.nextInt(20));
          results.add(ResultFixture.result("m" + method, "set" + set, correct, 100));
        }
      }
      Ranking ranking = ResultFixture.report(test, results).ranking();

      assertThat(ranking.groups()).isEqualTo(byDefinition(ranking));
      several += ranking.groups().size() > 1 ? 1 : 0;
    }
    assertThat(several).isGreaterThan(10);
  }

  /**
   * By hand: the differences are .01, 0, -.02, .03, .01, -.01 and, of two models, .02. Their mean
   * is .04 / 7, their deviation .0171825; Student's quantile with 6 degrees of freedom is 2.446912.
   * The ranks of the six that are not 0 are 2, -4.5, 6, 2, -2, 4.5: 14.5 and 6.5 of 21, and 30 of
   * the 64 choices of signs are as far from the middle.
   */
  @Test
  void modelsStandBesideWhatWasReportedForThem() {
    int[] differences = {1, 0, -2, 3, 1, -1, 3, 1};
    List<Result> models = new ArrayList<>();
    for (int model = 0; model < differences.length; model++) {
      models.add(
          ResultFixture.result(
              "LSTM-FCN",
              "set" + Math.min(model, 6),
              90 + differences[model],
              100,
              new ReportedFigure("Table 1", 0.9, 4),
              null));
    }

    ReportedDifference found = ReportedDifference.of(models);

    assertThat(found.models()).isEqualTo(8);
    assertThat(found.sets()).isEqualTo(7);
    assertThat(List.of(found.more(), found.equal(), found.fewer())).containsExactly(5, 1, 2);
    assertThat(found.within()).isEqualTo(8);
    assertThat(found.mean()).isCloseTo(0.04 / 7, within(1e-12));
    double half = 2.446912 * 0.0171825 / Math.sqrt(7);
    assertThat(found.lower()).isCloseTo(0.04 / 7 - half, within(1e-6));
    assertThat(found.upper()).isCloseTo(0.04 / 7 + half, within(1e-6));
    assertThat(found.wilcoxon()).isCloseTo(34 / 64.0, within(1e-12));
    assertThat(found.reportedError()).isCloseTo(0.1 / 2, within(1e-12));
    assertThat(found.error()).isCloseTo((0.1 - 0.04 / 7) / 2, within(1e-12));
  }

  @Test
  void oneDatasetHasNeitherIntervalNorTest() {
    ReportedDifference found = ReportedDifference.of(List.of(ResultFixture.reported(1, 100, 0.9)));

    assertThat(found.mean()).isCloseTo(-0.89, within(1e-12));
    assertThat(found.within()).isZero();
    assertThat(found.lower()).isNaN();
    assertThat(found.upper()).isNaN();
    assertThat(found.wilcoxon()).isNaN();
  }

  @Test
  void aHundredMethodsTakeNoTime() {
    List<Result> results = new ArrayList<>();
    for (int method = 0; method < 100; method++) {
      for (int set = 0; set < 6; set++) {
        results.add(ResultFixture.result("m" + method, "set" + set, (method * 7 + set) % 90, 90));
      }
    }
    Report report = ResultFixture.report(PostHoc.WILCOXON_HOLM, results);

    assertThat(report.ranking().pairs()).hasSize(4950);
    assertThat(report.ranking().groups()).isNotEmpty();
  }
}
