package io.github.lstmfcn.verification;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportedFigureTest {
  /** 0.99 is printed of 365/370 (0.9865) to 368/370 (0.9946), and 1.00 of 369/370 (0.9973). */
  @ParameterizedTest
  @CsvSource({
    "0.99, 2, 370, 365, 368",
    "1.00, 2, 370, 369, 370",
    "0.86, 2, 50, 43, 43",
    "0.97, 2, 10692, 10318, 10424",
    "0.5313, 4, 160, 85, 85",
    "0.6407, 4, 64, 41, 41",
    "0.00, 2, 370, 0, 1",
    "0.675, 3, 50, 34, 34"
  })
  void itStandsForTheCountsThatArePrintedSo(
      double accuracy, int digits, int total, int fewest, int most) {
    ReportedFigure figure = new ReportedFigure("a table", accuracy, digits);

    assertThat(figure.fewest(total)).isEqualTo(fewest);
    assertThat(figure.most(total)).isEqualTo(most);
    assertThat(figure.correct(total)).isBetween(fewest, most);
  }

  @ParameterizedTest
  @CsvSource({"364, 365", "365, 365", "367, 367", "368, 368", "370, 368"})
  void theNearestOfTheCountsIsComparedWith(int measured, int nearest) {
    assertThat(new ReportedFigure("a table", 0.99, 2).nearest(measured, 370)).isEqualTo(nearest);
  }

  /** Some figures of Table 1 are truncated; no count gives 0.675 of 50 or 0.5305 of 198. */
  @ParameterizedTest
  @CsvSource({
    "0.9978, 4, 900, true",
    "0.6407, 4, 64, true",
    "0.99, 2, 370, true",
    "0.675, 3, 50, false",
    "0.5305, 4, 198, false"
  })
  void itIsAShareIfSomeCountIsPrintedSo(double accuracy, int digits, int total, boolean share) {
    assertThat(new ReportedFigure("a table", accuracy, digits).isShareOf(total)).isEqualTo(share);
  }

  @ParameterizedTest
  @CsvSource({"0.5, 300, 150", "0.525, 40, 21", "0.8593, 391, 336"})
  void anExactFigureStandsForOneCount(double accuracy, int total, int correct) {
    ReportedFigure figure = ReportedFigure.exact("a list", accuracy);

    assertThat(figure.fewest(total)).isEqualTo(correct);
    assertThat(figure.most(total)).isEqualTo(correct);
  }
}
