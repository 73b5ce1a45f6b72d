package io.github.lstmfcn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lstmfcn.data.Dataset;
import io.github.lstmfcn.data.archive.DataSource;
import io.github.lstmfcn.data.archive.DatasetFile;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.files.FileDigest;
import io.github.lstmfcn.files.Program;
import io.github.lstmfcn.model.GateActivation;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.Precision;
import io.github.lstmfcn.training.Epoch;
import io.github.lstmfcn.training.Recipe;
import io.github.lstmfcn.training.Score;
import io.github.lstmfcn.training.TrainingListener;
import io.github.lstmfcn.training.run.DataReading;
import io.github.lstmfcn.training.run.RunDescription;
import io.github.lstmfcn.training.run.RunObserver;
import io.github.lstmfcn.training.run.TrainingRun;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training from Java, beside the same training in a folder. */
class TrainingTest {
  private static final Path TRAIN = Path.of("testdata/CBF/CBF_TRAIN.tsv");
  private static final Path TEST = Path.of("testdata/CBF/CBF_TEST.tsv");
  private static final Recipe RECIPE =
      Recipe.standard(Optional.empty()).toBuilder().epochs(3).batchSize(16).build();

  @TempDir Path folder;

  private static Dataset train() {
    return DatasetFile.read(TRAIN);
  }

  private static Dataset test() {
    return DatasetFile.read(TEST);
  }

  @Test
  void theModelIsThatOfTheSameRunInAFolder() {
    Training.Result result = Training.on(train()).test(test()).recipe(RECIPE).run();
    DataSource trainSource = DataSource.of(TRAIN);
    RunDescription description =
        new RunDescription(
            Program.version(),
            "",
            "",
            RunDescription.availableThreads(),
            null,
            Precision.FLOAT32,
            "CBF",
            FileDigest.of(TRAIN),
            FileDigest.of(TEST),
            ModelKind.LSTM_FCN,
            8,
            GateActivation.HARD_SIGMOID,
            null,
            RECIPE,
            DataReading.of(trainSource, DataSource.of(TEST)));
    Path runFolder = folder.resolve("run");
    try (TrainingRun run =
        TrainingRun.begin(runFolder, description, Clock.systemUTC(), RunObserver.NONE)) {
      run.run(TrainingListener.NONE, () -> false);
    }

    Model kept = Model.load(runFolder);
    assertSame(result.model().weights(), kept.weights());
    assertThat(result.model().labels()).isEqualTo(kept.labels());
    assertThat(result.model().preparation()).isEqualTo(kept.preparation());
    assertThat(result.model().provenance())
        .containsEntry("chosen_on", kept.provenance().get("chosen_on"))
        .containsEntry("epoch", Integer.toString(result.selectedEpoch()));
    assertThat(result.epochs()).hasSize(3);
    assertThat(result.validation()).isEmpty();
  }

  private static void assertSame(ModelWeights found, ModelWeights expected) {
    assertThat(found.spec()).isEqualTo(expected.spec());
    found
        .arrays()
        .forEach(
            (name, array) ->
                assertThat(array.values())
                    .as(name)
                    .containsExactly(expected.arrays().get(name).values()));
  }

  @Test
  void theResultIsWhatAClassifierAnswers() {
    Training.Result result = Training.on(train()).test(test()).recipe(RECIPE).run();
    Path file = folder.resolve("cbf.h5");
    result.model().save(file);

    try (TimeSeriesClassifier classifier = TimeSeriesClassifier.load(file)) {
      double accuracy = classifier.evaluate(test()).accuracy();
      assertThat(result.test().map(Score::accuracy)).contains(accuracy);
      assertThat(classifier.evaluate(train()).accuracy()).isEqualTo(result.train().accuracy());
    }
  }

  @Test
  void aModelIsTrainedOn() {
    Model first =
        Training.on(train()).recipe(RECIPE).kind(ModelKind.ALSTM_FCN).cells(4).run().model();
    List<Integer> epochs = new ArrayList<>();
    Training.Result second =
        Training.on(train())
            .startFrom(first)
            .recipe(RECIPE)
            .listener(
                new TrainingListener() {
                  @Override
                  public void epochDone(Epoch epoch) {
                    epochs.add(epoch.number());
                  }
                })
            .stopWhen(() -> epochs.size() == 2)
            .run();

    assertThat(second.model().spec()).isEqualTo(first.spec());
    assertThat(epochs).containsExactly(1, 2);
    assertThat(second.epochs().get(0).training().loss())
        .isLessThan(Training.on(train()).recipe(RECIPE).run().epochs().get(0).training().loss());
  }

  @Test
  void theFirstEpochIsTrainedBeforeTheConditionIsAsked() {
    Training training = Training.on(train()).recipe(RECIPE).stopWhen(() -> true);

    assertThat(training.run().epochs()).hasSize(1);
  }

  @Test
  void whatDoesNotFitIsRefused() {
    Recipe selectsOnTest = Recipe.recipe2017(Optional.empty()).toBuilder().epochs(1).build();
    assertThatThrownBy(() -> Training.on(train()).recipe(selectsOnTest).run())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("TEST");
    assertThatThrownBy(() -> Training.on(train()).cells(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found 0");
    Dataset oneClass = new Dataset("one", null, List.of("a", "a"), new float[2][12]);
    assertThatThrownBy(() -> Training.on(oneClass).recipe(RECIPE).run())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("at least two classes");
  }

  @Test
  void seriesMayBeGivenWithoutAFile() {
    float[][] series = new float[20][12];
    List<String> labels = new ArrayList<>();
    for (int row = 0; row < series.length; row++) {
      labels.add(row % 2 == 0 ? "up" : "down");
      for (int step = 0; step < 12; step++) {
        series[row][step] = row % 2 == 0 ? step : -step;
      }
    }
    Recipe recipe = RECIPE.toBuilder().epochs(30).build();
    Dataset data = new Dataset("slopes", null, labels, series);
    Training.Result result = Training.on(data).recipe(recipe).run();
    try (TimeSeriesClassifier classifier = TimeSeriesClassifier.of(result.model())) {
      assertThat(classifier.evaluate(data).accuracy()).isEqualTo(1);
      assertThat(classifier.predictOne(series[0]).label()).isEqualTo("up");
    }
  }

  @Test
  void seriesOfTestThatAreCutAreCounted() {
    Recipe recipe = RECIPE.toBuilder().epochs(1).build();
    Training training = Training.on(ramps(2, 6)).cells(2).recipe(recipe);

    assertThat(training.test(ramps(2, 6)).run().warnings()).isEmpty();
    assertThat(training.test(ramps(2, 7)).run().warnings())
        .containsExactly("2 of 2 series of TEST are longer than 6 steps and are cut.");
  }

  @Test
  void splitsOfOtherVariablesAreRefusedWithoutAFileToo() {
    Training training = Training.on(ramps(2, 6)).test(ramps(3, 6)).recipe(RECIPE);

    assertThatThrownBy(training::run)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("expected 2 variables, as the other split has, found 3");
  }

  /** A rising and a falling series, without a file. */
  private static Dataset ramps(int variables, int length) {
    float[][][] series = new float[2][variables][length];
    for (int step = 0; step < length; step++) {
      for (int variable = 0; variable < variables; variable++) {
        series[0][variable][step] = step + variable;
        series[1][variable][step] = -step;
      }
    }
    return new Dataset("ramps", null, List.of("up", "down"), series);
  }

  @Test
  void aLabelThatTrainLacksIsNamedWithItsSeries() {
    Dataset strange =
        new Dataset("CBF", Path.of("other.tsv"), List.of("1", "8"), new float[][] {{1, 2}, {2, 1}});
    assertThatThrownBy(() -> Training.on(train()).test(strange).recipe(RECIPE).run())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("other.tsv: series 2, label: expected one of 1, 2, 3, found '8'");
  }
}
