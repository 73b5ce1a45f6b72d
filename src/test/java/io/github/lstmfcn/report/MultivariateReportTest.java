package io.github.lstmfcn.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.lstmfcn.data.UeaCatalog;
import io.github.lstmfcn.data.UeaDataset;
import io.github.lstmfcn.report.result.Result;
import io.github.lstmfcn.report.result.ResultFixture;
import io.github.lstmfcn.report.result.Results;
import io.github.lstmfcn.report.statistics.PostHoc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The published columns beside results on multivariate datasets. */
class MultivariateReportTest {
  private static final String UEA = "UEA table (copied, unconfirmed), MLSTM-FCN";

  private static Report report(Result... results) {
    Results with = new Results(List.of(results), List.of()).withPublished();
    return Report.of(with, PostHoc.WILCOXON_HOLM);
  }

  private static Result ours(String set, int correct, int total) {
    return ResultFixture.result("MLSTM-FCN", set, correct, total);
  }

  @Test
  void theColumnsOfTheSameSeriesStandBesideAResult() {
    Report report = report(ours("JapaneseVowels", 366, 370), ours("LP1", 40, 50));

    assertThat(report.everywhere().methods())
        .containsExactly(
            "MLSTM-FCN",
            "multivariate README, state of the art before",
            "multivariate README, LSTM-FCN",
            "multivariate README, MLSTM-FCN",
            "multivariate README, ALSTM-FCN",
            "multivariate README, MALSTM-FCN",
            UEA);
    assertThat(report.everywhere().sets()).containsExactly("JapaneseVowels", "LP1");
    assertThat(report.everywhere().accuracies()[0])
        .containsExactly(
            new double[] {366.0 / 370, 0.98, 0.99, 1.00, 0.99, 0.99, 361.0 / 370}, within(1e-8));
    assertThat(new Findings(report).sentences())
        .anyMatch(
            text ->
                text.startsWith("Selected by accuracy on TEST")
                    && text.contains("multivariate README, MLSTM-FCN")
                    && !text.contains("UEA"));
  }

  @Test
  void figuresOfAnotherSplitAreNamedAndLeftOut() {
    Report report = report(ours("Libras", 150, 180), ours("LP1", 10, 20));

    assertThat(report.everywhere().methods()).containsExactly("MLSTM-FCN", UEA);
    assertThat(new Findings(report).sentences())
        .contains(
            "Skipped (reported on another split): multivariate README, Libras (TEST of 585"
                + " series, here 180); multivariate README, LP1 (TEST of 50 series, here 20).");
  }

  @Test
  void figuresOfAnUnknownNumberOfSeriesAreNamedAndLeftOut() {
    Report report = report(ours("UWaveGestureLibrary", 290, 320));

    assertThat(report.everywhere().methods()).containsExactly("MLSTM-FCN", UEA);
    assertThat(new Findings(report).sentences())
        .contains("Skipped (reported without the size of TEST): multivariate README, UWave.");
  }

  @Test
  void resultsOnTheWholeArchiveAreRankedWithItsColumn() {
    Report report =
        report(
            UeaCatalog.published().datasets().stream()
                .map(set -> ours(set.name(), set.testSize() / 2, set.testSize()))
                .toArray(Result[]::new));

    assertThat(report.isTested()).isTrue();
    assertThat(report.ranking().comparison().methods()).containsExactly("MLSTM-FCN", UEA);
    assertThat(report.ranking().comparison().sets())
        .containsExactlyInAnyOrderElementsOf(
            UeaCatalog.published().datasets().stream().map(UeaDataset::name).toList());
  }

  @Test
  void theColumnsOfTheUnivariateArchiveStandBesideUnivariateResultsOnly() {
    Report both = report(ours("LP1", 40, 50), ResultFixture.result("LSTM-FCN", "CBF", 898, 900));

    assertThat(both.everywhere().methods())
        .contains("Table 1, LSTM-FCN", "multivariate README, LSTM-FCN");
    assertThat(Results.read(List.of()).withPublished()).isEqualTo(Results.published());
  }

  @Test
  void thePageHasTheColumns(@TempDir Path folder) throws Exception {
    Path page = folder.resolve("report.html");
    Report report = report(ours("JapaneseVowels", 366, 370), ours("Libras", 150, 180));
    ReportForm.of(page).orElseThrow().write(report, page, false);

    assertThat(Files.readString(page))
        .contains("multivariate README, MALSTM-FCN", UEA, "TEST of 585 series, here 180");
  }
}
