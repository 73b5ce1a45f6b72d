package io.github.lstmfcn.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
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
    int column = REPORT.comparison().methods().indexOf(method);

    assertThat(REPORT.comparison().meanPerClassError(column)).isCloseTo(printed, within(0.00005));
  }

  @Test
  void allColumnsHaveAllSets() {
    assertThat(REPORT.results().list()).hasSize(7 * 85);
    assertThat(REPORT.comparison().sets()).hasSize(85);
    assertThat(IntStream.of(REPORT.comparison().classes()).min()).hasValue(2);
  }

  /** Against SciPy's {@code friedmanchisquare} of the same accuracies. */
  @Test
  void theMethodsDiffer() {
    assertThat(REPORT.friedman().statistic()).isCloseTo(258.1605806305288, within(1e-9));
    assertThat(REPORT.friedman().pValue()).isCloseTo(7.388577931076931e-53, within(1e-63));
    assertThat(PostHoc.criticalDifference(REPORT.comparison(), 0.05))
        .isCloseTo(0.9769752157762204, within(1e-9));
  }

  @Test
  void refinedModelsLead() {
    assertThat(REPORT.byRank().stream().map(REPORT.comparison().methods()::get))
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
