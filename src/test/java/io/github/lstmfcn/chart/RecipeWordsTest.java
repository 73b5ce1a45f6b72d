package io.github.lstmfcn.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lstmfcn.files.FileDigest;
import io.github.lstmfcn.model.GateActivation;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.model.Precision;
import io.github.lstmfcn.training.Fold;
import io.github.lstmfcn.training.Freeze;
import io.github.lstmfcn.training.Recipe;
import io.github.lstmfcn.training.Validation;
import io.github.lstmfcn.training.run.RunDescription;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecipeWordsTest {
  private static final FileDigest FILE = new FileDigest("data/CBF_TRAIN.tsv", "0".repeat(64));

  private static String words(ModelKind kind, FileDigest initial, Recipe recipe) {
    RunDescription description =
        new RunDescription(
            "1",
            "2",
            "17",
            2,
            null,
            Precision.FLOAT32,
            "CBF",
            FILE,
            FILE,
            kind,
            8,
            GateActivation.SIGMOID,
            initial,
            recipe,
            null);
    return String.join(" ", new RecipeWords(description).sentences());
  }

  @Test
  void theStandardRecipeIsTold() {
    assertThat(words(ModelKind.LSTM_FCN, null, Recipe.standard(Optional.empty())))
        .isEqualTo(
            "Each series is scaled by its own mean and standard deviation."
                + " Training starts from weights drawn with seed 0 by Keras' initialisers."
                + " It takes up to 2000 epochs in batches of 128 series, shuffled for every epoch."
                + " The optimizer is Adam. Its learning rate starts at 0.001 and is multiplied by"
                + " 0.7937 after 100 epochs without a lower training loss, down to 0.0001."
                + " Training ends early after 200 epochs without a lower training loss."
                + " It trains on all of TRAIN; nothing is held out, and TEST is scored only at the end."
                + " The weights of the epoch with the lowest training loss are selected."
                + " The loss is the cross-entropy, in which every series counts the same; dropout"
                + " sets 80 % of the outputs of the recurrent branch to zero."
                + " After every epoch the statistics of the batch normalisation are computed over its batches.");
  }

  @Test
  void thatOf2017ChoosesByTest() {
    assertThat(words(ModelKind.ALSTM_FCN, null, Recipe.recipe2017(Optional.empty())))
        .contains(
            "Series are not scaled.",
            "TEST is the validation set",
            "The weights of the epoch with the highest validation accuracy are selected.",
            "moving averages, as in Keras 2.0.8",
            "The attention works within each series.")
        .doesNotContain("ends early");
  }

  @Test
  void whatIsChangedIsTold() {
    Recipe recipe =
        Recipe.recipe2019().toBuilder()
            .epochs(50)
            .seed(3)
            .freeze(Freeze.CONV)
            .validation(Validation.Source.HOLD_OUT)
            .fold(new Fold(2, 5))
            .saveBestOnly(false)
            .build();

    assertThat(words(ModelKind.LSTM_FCN, new FileDigest("runs/a/start.h5", "0".repeat(64)), recipe))
        .contains(
            "starts from the weights in start.h5; the seed is 3; the convolutional branch is "
                + "frozen.",
            "The optimizer is Adam with a learning rate of 0.001.",
            "The validation set is fold 2 of 5 of TRAIN.",
            "The weights of the last epoch are selected.");
  }
}
