package io.github.lstmfcn.training.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.lstmfcn.data.Dataset;
import io.github.lstmfcn.data.LabelEncoding;
import io.github.lstmfcn.data.Normalization;
import io.github.lstmfcn.data.Preparation;
import io.github.lstmfcn.data.archive.DatasetFile;
import io.github.lstmfcn.keras.KerasWeights;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.graph.LstmFcnSession;
import io.github.lstmfcn.training.Epoch;
import io.github.lstmfcn.training.Recipe;
import io.github.lstmfcn.training.ReduceLrOnPlateau;
import io.github.lstmfcn.training.Score;
import io.github.lstmfcn.training.Toy;
import io.github.lstmfcn.training.TrainingListener;
import io.github.lstmfcn.training.Validation;
import io.github.lstmfcn.training.engine.Examples;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Training of the multivariate networks beside the original's ({@code testdata/training/
 * multivariate}): Keras 2.1.2, from its initial weights, without dropout and in file order. {@link
 * TrainingParityTest} says why the original does not repeat itself exactly.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MultivariateTrainingParityTest {
  private static final Path FOLDER = Path.of("testdata", "training", "multivariate");
  private static final int BATCH_SIZE = 16;
  private static final int LENGTH = 26;

  private final Map<String, Run> runs = new HashMap<>();

  /** A training of ours: its first batch's loss and its end. */
  private record Run(JsonNode original, float firstLoss, TrainingState state) {
    List<Epoch> epochs() {
      return state.progress().history().epochs();
    }
  }

  private Run run(String model) {
    return runs.computeIfAbsent(model, MultivariateTrainingParityTest::train);
  }

  private static Run train(String model) {
    JsonNode original = json(FOLDER.resolve(model + "-2018.json"));
    ModelWeights initial = KerasWeights.read(FOLDER.resolve(model + "-2018-initial.h5")).weights();
    JsonNode plateau = original.get("plateau");
    Recipe recipe =
        Recipe.recipe2018(false).toBuilder()
            .epochs(original.get("epochs").asInt())
            .batchSize(BATCH_SIZE)
            .shuffle(false)
            .dropout(0)
            .validation(Validation.Source.TEST)
            .reduceLrOnPlateau(
                new ReduceLrOnPlateau(
                    plateau.get("patience").asInt(),
                    plateau.get("factor").asDouble(),
                    plateau.get("min_lr").asDouble(),
                    plateau.get("min_delta").asDouble(),
                    0))
            .build();
    List<Float> losses = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void batchDone(int epoch, int batch, int batches, Score soFar) {
            losses.add((float) soFar.loss());
          }
        };
    Toy.Memory memory = new Toy.Memory();
    TrainingData data = TrainingData.of(recipe, examples("TRAIN"), examples("TEST"));
    new Trainer(recipe, data, memory, listener, () -> false).train(initial);
    return new Run(original, losses.get(0), memory.last);
  }

  private static JsonNode json(Path file) {
    try {
      return new ObjectMapper().readTree(file.toFile());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Examples examples(String split) {
    Path file = Path.of("testdata", "SilentVoices", "SilentVoices_" + split + ".ts");
    Dataset data = DatasetFile.read(file);
    Preparation cut =
        Preparation.of(Normalization.NONE, data.variables(), LENGTH, true, null, null);
    return Examples.of(data, cut, LabelEncoding.SORTED.fit(data));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mlstmfcn", "malstmfcn"})
  void theFirstBatchsLossIsTheOriginals(String model) {
    Run run = run(model);
    assertThat((double) run.firstLoss())
        .isCloseTo(run.original().at("/batch_loss_acc_size/0/0").asDouble(), within(1e-5));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mlstmfcn", "malstmfcn"})
  void theLearningRateOfEveryEpochIsTheOriginals(String model) {
    Run run = run(model);
    for (Epoch epoch : run.epochs()) {
      assertThat(epoch.learningRate())
          .as("epoch %d", epoch.number())
          .isEqualTo(
              (float) run.original().at("/lr_during_epoch").get(epoch.number() - 1).asDouble());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mlstmfcn", "malstmfcn"})
  void everyEpochsLossIsNearTheOriginals(String model) {
    Run run = run(model);
    for (Epoch epoch : run.epochs()) {
      double original = run.original().at("/loss").get(epoch.number() - 1).asDouble();
      assertThat(epoch.training().loss())
          .as("epoch %d", epoch.number())
          .isCloseTo(original, Percentage.withPercentage(epoch.number() <= 3 ? .02 : 1));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mlstmfcn", "malstmfcn"})
  void theLastWeightsAnswerNearlyAsTheOriginals(String model) {
    Run run = run(model);
    try (LstmFcnSession session = new LstmFcnSession(run.state().weights())) {
      float[][] ours = session.probabilities(examples("TEST").series(), BATCH_SIZE);
      double sum = 0;
      for (int row = 0; row < ours.length; row++) {
        JsonNode original = run.original().at("/final_probabilities_test_batch16").get(row);
        for (int k = 0; k < ours[row].length; k++) {
          sum += Math.abs(ours[row][k] - original.get(k).asDouble());
        }
      }
      assertThat(sum / ours.length / ours[0].length).isLessThan(2e-3);
    }
  }
}
