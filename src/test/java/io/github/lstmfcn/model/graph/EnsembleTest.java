package io.github.lstmfcn.model.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EnsembleTest {
  /** Answers every series with the same; remembers that it was closed. */
  private record Certain(int length, boolean dependsOnBatch, List<String> closed, float... answer)
      implements Predictor {
    @Override
    public int variables() {
      return 1;
    }

    @Override
    public int classes() {
      return answer.length;
    }

    @Override
    public float[][] probabilities(float[][] series, int batchSize) {
      float[][] answers = new float[series.length][];
      java.util.Arrays.fill(answers, answer);
      return answers;
    }

    @Override
    public void close() {
      closed.add("" + answer[0]);
    }
  }

  private final List<String> closed = new ArrayList<>();

  private Certain certain(float... answer) {
    return new Certain(4, false, closed, answer);
  }

  @Test
  void theAnswerIsTheMeanOfTheProbabilities() {
    Ensemble ensemble =
        new Ensemble(
            List.of(certain(0.5f, 0.25f, 0.25f), certain(0, 1, 0), certain(0.25f, 0.25f, 0.5f)));

    assertThat(ensemble.probabilities(new float[2][4], 1))
        .isDeepEqualTo(new float[][] {{0.25f, 0.5f, 0.25f}, {0.25f, 0.5f, 0.25f}});
  }

  @Test
  void aMajorityIsOutvotedByOneThatIsSure() {
    Ensemble ensemble =
        new Ensemble(List.of(certain(0.6f, 0.4f), certain(0.6f, 0.4f), certain(0, 1)));

    assertThat(Predictor.mostProbable(ensemble.probabilities(new float[1][4], 1)[0])).isEqualTo(1);
  }

  @Test
  void itDependsOnTheBatchAsSoonAsOneMemberDoes() {
    Certain across = new Certain(4, true, closed, 0.5f, 0.5f);

    assertThat(new Ensemble(List.of(certain(1, 0), across)).dependsOnBatch()).isTrue();
    assertThat(new Ensemble(List.of(certain(1, 0))).dependsOnBatch()).isFalse();
  }

  @Test
  void membersFitEachOther() {
    Certain longer = new Certain(5, false, closed, 0.5f, 0.5f);

    assertThatThrownBy(() -> new Ensemble(List.of(certain(1, 0), longer)))
        .hasMessageContaining("expected length 4 and 2 classes, found length 5");
    assertThatThrownBy(() -> new Ensemble(List.of(certain(1, 0), certain(1, 0, 0))))
        .hasMessageContaining("3 classes");
    assertThatThrownBy(() -> new Ensemble(List.of())).hasMessageContaining("found none");
  }

  @Test
  void allMembersAreClosed() {
    new Ensemble(List.of(certain(0.25f, 0.75f), certain(0.5f, 0.5f))).close();

    assertThat(closed).containsExactly("0.25", "0.5");
  }
}
