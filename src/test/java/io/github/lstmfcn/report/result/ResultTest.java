package io.github.lstmfcn.report.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Counts, their intervals and what chance may do; the numbers are SciPy's. */
class ResultTest {

  @ParameterizedTest
  @CsvSource({
    "126, 150, 0.7729603179581629, 0.8900599158715451",
    "0, 40, 0.0, 0.08762160119728662",
    "40, 40, 0.9123783988027133, 1.0",
    "1, 1, 0.20654931437723745, 1.0"
  })
  void theIntervalIsWilsons(int correct, int total, double lower, double upper) {
    Result result = ResultFixture.result("A", "CBF", correct, total);

    assertThat(result.lower()).isCloseTo(lower, within(1e-12));
    assertThat(result.upper()).isCloseTo(upper, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({
    "126, 150, 0.6666, -0.0007465254723865879, 26",
    "126, 150, 0.7867, 0.29961369793448095, 8",
    "40, 40, 0.9, 0.11556797632746997, 4",
    "40, 40, 0.85, -0.025546605293440734, 6",
    "40, 40, 1.0, 1, 0"
  })
  void chanceIsFishers(int correct, int total, double figure, double p, int difference) {
    Result result = ResultFixture.reported(correct, total, figure);

    assertThat(result.difference()).contains(difference);
    assertThat(result.chance().orElseThrow()).isCloseTo(Math.abs(p), within(1e-12));
    assertThat(result.withinChance()).isEqualTo(p > 0);
  }

  @Test
  void whatNothingWasReportedOfHasNoDifference() {
    Result result = ResultFixture.result("A", "CBF", 1, 2);

    assertThat(result.difference()).isEmpty();
    assertThat(result.chance()).isEmpty();
    assertThat(result.withinChance()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"3, 2", "-1, 2", "0, 0"})
  void countsThatCannotBeAreRefused(int correct, int total) {
    assertThatThrownBy(() -> ResultFixture.result("A", "CBF", correct, total))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(correct + " of " + total);
  }
}
