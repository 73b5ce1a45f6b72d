package io.github.lstmfcn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lstmfcn.Prediction.Candidate;
import java.util.List;
import org.junit.jupiter.api.Test;

class PredictionTest {
  private static final Prediction PREDICTION =
      new Prediction(List.of("a", "b", "c", "d"), new float[] {0.1f, 0.4f, 0.4f, 0.1f});

  @Test
  void theFirstOfTheLikeliestCounts() {
    assertThat(PREDICTION.index()).isEqualTo(1);
    assertThat(PREDICTION.label()).isEqualTo("b");
    assertThat(PREDICTION.probability()).isEqualTo(0.4f);
    assertThat(PREDICTION).hasToString("b (0.4000)");
  }

  @Test
  void theTopComesInOrder() {
    assertThat(PREDICTION.top(3))
        .containsExactly(
            new Candidate("b", 1, 0.4f), new Candidate("c", 2, 0.4f), new Candidate("a", 0, 0.1f));
    assertThat(PREDICTION.top(9)).hasSize(4);
    assertThat(PREDICTION.top(0)).isEmpty();
    assertThatThrownBy(() -> PREDICTION.top(-1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void labelsAndProbabilitiesAreOfOneNumber() {
    assertThatThrownBy(() -> new Prediction(List.of("a"), new float[2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found 2 and 1");
  }

  @Test
  void itIsAValue() {
    float[] probabilities = {0.1f, 0.4f, 0.4f, 0.1f};
    Prediction same = new Prediction(List.of("a", "b", "c", "d"), probabilities);
    probabilities[0] = 1;
    same.probabilities()[1] = 0;

    assertThat(same).isEqualTo(PREDICTION).hasSameHashCodeAs(PREDICTION);
    assertThat(same)
        .isNotEqualTo(new Prediction(List.of("a", "b", "c", "d"), new float[] {1, 0, 0, 0}));
  }
}
