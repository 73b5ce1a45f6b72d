package io.github.lstmfcn.training.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lstmfcn.training.Epoch;
import io.github.lstmfcn.training.Recipe;
import io.github.lstmfcn.training.Score;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SelectedEpochTest {
  private static final Recipe STANDARD = Recipe.standard(Optional.empty());

  private static List<String> warnings(
      double inTraining, double selected, double last, Recipe recipe) {
    Epoch epoch = new Epoch(2, new Score(1, inTraining), Optional.empty(), 1e-3f);
    return new SelectedEpoch(epoch, new Score(1, selected), new Score(1, last), 60)
        .warnings(recipe);
  }

  @Test
  void anEpochFarBelowTheLastIsWarnedOf() {
    assertThat(warnings(.3, .35, 1, STANDARD))
        .containsExactly(
            "Epoch 2 is selected, with an accuracy of 0.3500 on TRAIN; the last epoch, 60, has "
                + "1.0000."
                + " Its weights are in weights-last.h5; use --no-save-best-only to select them.");
  }

  @Test
  void anEpochThatForgotAtInferenceWhatItHadLearntIsWarnedOf() {
    assertThat(warnings(1, .35, .35, Recipe.recipe2019()).get(0))
        .startsWith(
            "Epoch 2 is selected, with an accuracy of 0.3500 on TRAIN at inference but 1.0000 in "
                + "training")
        .endsWith("train longer, or add --precise-batch-norm.");
    assertThat(warnings(1, .35, .35, STANDARD).get(0))
        .endsWith("use a lower --learning-rate or larger batches.");
    assertThat(warnings(1, .35, 1, STANDARD)).hasSize(2);
  }

  @Test
  void nothingIsSaidOfAnEpochThatIsAsGood() {
    assertThat(warnings(.9, 1, .95, STANDARD)).isEmpty();
    assertThat(warnings(.95, .9, .95, STANDARD)).isEmpty();
  }
}
