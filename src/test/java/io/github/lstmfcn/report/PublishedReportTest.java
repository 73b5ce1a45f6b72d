package io.github.lstmfcn.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.lstmfcn.report.result.Result;
import io.github.lstmfcn.report.result.Results;
import io.github.lstmfcn.report.statistics.PostHoc;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The report of the published columns alone. */
class PublishedReportTest {
  private static final Report REPORT = Report.of(Results.published(), PostHoc.WILCOXON_HOLM);

  /** MPCE as the paper's Table 1 prints it; it has none of the state of the art. */
  @ParameterizedTest
  @CsvSource({
    "'Table 1, LSTM-FCN', 0.0318",
    "'Table 1, refined LSTM-FCN', 0.0283",
    "'Table 1, ALSTM-FCN', 0.0301",
    "'Table 1, refined ALSTM-FCN', 0.0294"
  })
  void theMeanPerClassErrorIsThePapers(String method, double printed) {
    int column = REPORT.everywhere().methods().indexOf(method);

    assertThat(REPORT.everywhere().setsOf(column)).isEqualTo(85);
    assertThat(REPORT.everywhere().meanPerClassError(column)).isCloseTo(printed, within(0.00005));
  }

  /** Of two sets Table 1 and the train-loss table have figures of different halves. */
  @Test
  void setsThatWereMeasuredOnBothHalvesAreNotRanked() {
    assertThat(REPORT.results().list()).hasSize(7 * 85);
    assertThat(REPORT.ranking().comparison().sets()).hasSize(83);
    assertThat(REPORT.everywhere().sets())
        .hasSize(87)
        .contains("DistalPhalanxOutlineCorrect (276)", "DistalPhalanxOutlineCorrect (600)")
        .contains("MiddlePhalanxOutlineCorrect (291)", "MiddlePhalanxOutlineCorrect (600)");
    assertThat(new Findings(REPORT).sentences())
        .anyMatch(
            text ->
                text.startsWith("Measured on different series")
                    && text.contains("DistalPhalanxOutlineCorrect; MiddlePhalanxOutlineCorrect"));
  }

  @Test
  void itSaysWhatWasChosenOnTest() {
    assertThat(new Findings(REPORT).sentences())
        .anyMatch(
            text ->
                text.startsWith("Selected by accuracy on TEST")
                    && text.contains("Table 1, LSTM-FCN")
                    && !text.contains("train-loss"));
  }

  /** Against SciPy's {@code friedmanchisquare} and {@code studentized_range}. */
  @Test
  void theMethodsDiffer() {
    assertThat(REPORT.ranking().friedman().statistic()).isCloseTo(255.13261982317363, within(1e-9));
    assertThat(REPORT.ranking().criticalDifference()).isCloseTo(0.9886759348249947, within(1e-9));
  }

  @Test
  void refinedModelsLead() {
    assertThat(REPORT.ranking().order().stream().map(REPORT.ranking().comparison().methods()::get))
        .containsExactly(
            "Table 1, refined LSTM-FCN",
            "Table 1, refined ALSTM-FCN",
            "Table 1, ALSTM-FCN",
            "state of the art before",
            "Table 1, LSTM-FCN",
            "train-loss table, LSTM-FCN",
            "train-loss table, ALSTM-FCN");
  }

  @ParameterizedTest
  @CsvSource({
    "'Table 1, refined ALSTM-FCN', Car, 59, 60, 0.98333333333", // printed 0.9833
    "'Table 1, refined LSTM-FCN', Car, 58, 60, 0.967", // 58/60 is 0.9667
    "'state of the art before', Adiac, 335, 391, 0.857" // 335/391 is 0.8568
  })
  void aFigureIsAShareOrAsPrinted(
      String method, String set, int correct, int total, double accuracy) {
    assertThat(REPORT.results().list())
        .filteredOn(result -> result.method().equals(method) && result.set().equals(set))
        .singleElement()
        .satisfies(
            result -> {
              assertThat(result.correct()).isEqualTo(correct);
              assertThat(result.total()).isEqualTo(total);
              assertThat(result.accuracy()).isCloseTo(accuracy, within(1e-9));
            });
  }

  @Test
  void exchangedHalvesHaveTheSizeOfTheir2015Test() {
    assertThat(
            REPORT.results().list().stream()
                .filter(result -> result.set().equals("Strawberry"))
                .filter(result -> result.method().startsWith("Table 1"))
                .map(Result::total)
                .distinct())
        .containsExactly(613);
  }
}
