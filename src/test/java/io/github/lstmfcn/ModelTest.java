package io.github.lstmfcn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lstmfcn.data.Dataset;
import io.github.lstmfcn.data.LabelEncoding;
import io.github.lstmfcn.data.Normalization;
import io.github.lstmfcn.data.Preparation;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.export.SavedModelExport;
import io.github.lstmfcn.keras.KerasWeights;
import io.github.lstmfcn.model.AttentionScope;
import io.github.lstmfcn.model.GateActivation;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.model.ModelMetadata;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.graph.RandomWeights;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A model answers alike in every form, as everything that its answers depend on goes with it. */
class ModelTest {
  private static final int LENGTH = 20;
  private static final List<String> LABELS = List.of("up", "down", "über\n|");

  @TempDir Path folder;

  private final ModelWeights weights = sigmoid(1);
  private final Dataset train =
      new Dataset("a", null, List.of("up", "down", "up"), far(RandomWeights.series(3, LENGTH, 8)));

  private static ModelWeights sigmoid(int seed) {
    ModelWeights random = RandomWeights.small(ModelKind.ALSTM_FCN, 4, LENGTH, 3);
    return RandomWeights.of(random.spec().with(GateActivation.SIGMOID), seed);
  }

  /** Far from zero, each by a factor and an offset of its own. */
  private static float[][] far(float[][] series) {
    for (int row = 0; row < series.length; row++) {
      for (int step = 0; step < series[row].length; step++) {
        series[row][step] = (2 + row) * series[row][step] + 50 * row;
      }
    }
    return series;
  }

  private ModelMetadata metadata(ModelWeights of, Normalization normalization) {
    return new ModelMetadata(
        of.spec(),
        Preparation.of(normalization, 1, LENGTH, false, train, train),
        LabelEncoding.SORTED,
        LABELS,
        Map.of(ModelMetadata.CHOSEN_ON, "TRAIN"));
  }

  private static float[][] probabilities(Model model, float[][] series) {
    try (TimeSeriesClassifier classifier = TimeSeriesClassifier.of(model)) {
      return classifier.predictProbabilities(series);
    }
  }

  @ParameterizedTest
  @EnumSource(Normalization.class)
  void aWeightFileAndASavedModelCarryAllThatAnswersDependOn(Normalization normalization) {
    ModelMetadata metadata = metadata(weights, normalization);
    Path file = folder.resolve("w.h5");
    KerasWeights.write(weights, metadata, file);
    Path exported = folder.resolve("exported");
    new SavedModelExport(weights, metadata).write(exported, false);
    float[][] series = far(RandomWeights.series(9, LENGTH, 2));

    Model fromFile = Model.load(file);
    Model fromExport = Model.load(exported);

    for (Model model : List.of(fromFile, fromExport)) {
      assertThat(model.spec()).isEqualTo(weights.spec());
      assertThat(model.labels()).isEqualTo(LABELS);
      assertThat(model.preparation()).isEqualTo(metadata.preparation());
      assertThat(model.provenance()).containsEntry(ModelMetadata.CHOSEN_ON, "TRAIN");
      assertThat(model.assumptions()).isEmpty();
    }
    float[][] expected = probabilities(fromFile, series);
    float[][] found = probabilities(fromExport, series);
    for (int row = 0; row < series.length; row++) {
      assertThat(found[row]).containsExactly(expected[row], Offset.offset(1e-5f));
    }
    if (normalization != Normalization.NONE) {
      Model plain =
          Model.load(file, LoadOptions.builder().normalization(Normalization.NONE).build());
      assertThat(probabilities(plain, series)[8][0]).isNotEqualTo(expected[8][0]);
    }
  }

  @Test
  void weightsAloneAreReadByDefaultsThatAreSaid() {
    Path file = folder.resolve("w.h5");
    KerasWeights.write(weights, file);

    Model model = Model.load(file);

    assertThat(model.labels()).containsExactly("0", "1", "2");
    assertThat(model.preparation()).isEqualTo(Preparation.none(LENGTH));
    assertThat(model.assumptions())
        .satisfiesExactly(
            gates -> assertThat(gates).contains("hard_sigmoid").contains("--gates"),
            attention -> assertThat(attention).contains("per-series").contains("--attention"));
    assertThat(
            Model.load(
                    file,
                    LoadOptions.builder()
                        .gates(GateActivation.SIGMOID)
                        .attention(AttentionScope.PER_SERIES)
                        .build())
                .assumptions())
        .isEmpty();
  }

  @Test
  void membersOfAnEnsembleEachPrepareSeriesTheirOwnWay() {
    ModelWeights other = sigmoid(2);
    Path one = folder.resolve("one.h5");
    Path two = folder.resolve("two.h5");
    KerasWeights.write(weights, metadata(weights, Normalization.SAMPLE), one);
    KerasWeights.write(other, metadata(other, Normalization.TRAIN), two);
    float[][] series = far(RandomWeights.series(5, LENGTH, 3));
    List<Model> models = List.of(Model.load(one), Model.load(two));

    try (TimeSeriesClassifier ensemble = TimeSeriesClassifier.of(models)) {
      float[][] together = ensemble.predictProbabilities(series);
      float[][] first = probabilities(models.get(0), series);
      float[][] second = probabilities(models.get(1), series);
      for (int row = 0; row < series.length; row++) {
        for (int k = 0; k < 3; k++) {
          assertThat(together[row][k])
              .isEqualTo((first[row][k] + second[row][k]) / 2, Offset.offset(1e-6f));
        }
      }
      assertThat(ensemble.labels()).isEqualTo(LABELS);
    }
  }

  @Test
  void anEnsembleOfOtherLabelsIsRefused() {
    Path one = folder.resolve("one.h5");
    KerasWeights.write(weights, metadata(weights, Normalization.NONE), one);
    Model model = Model.load(one);

    assertThatThrownBy(
            () -> TimeSeriesClassifier.of(List.of(model, model.withLabels(List.of("a", "b", "c")))))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("labels: expected [up, down, ");
  }

  @Test
  void equalLabelsAreRefused() {
    Path one = folder.resolve("one.h5");
    KerasWeights.write(weights, metadata(weights, Normalization.NONE), one);
    LoadOptions twice = LoadOptions.builder().labels(List.of("a", "b", "a")).build();

    assertThatThrownBy(() -> Model.load(one, twice))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("labels: expected different names, found [a, b, a]");
  }

  @Test
  void normalisationByTrainNeedsItUnlessTheModelHasIt() {
    Path plain = folder.resolve("plain.h5");
    Path trained = folder.resolve("trained.h5");
    KerasWeights.write(weights, plain);
    KerasWeights.write(weights, metadata(weights, Normalization.TRAIN), trained);
    LoadOptions byTrain = LoadOptions.builder().normalization(Normalization.TRAIN).build();

    assertThat(Model.load(trained, byTrain).preparation().means())
        .isEqualTo(metadata(weights, Normalization.TRAIN).preparation().means());
    assertThat(Model.load(plain, byTrain.toBuilder().train(train).build()).preparation())
        .isEqualTo(Preparation.of(Normalization.TRAIN, LENGTH, false, train));
    assertThatThrownBy(() -> Model.load(plain, byTrain))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("plain.h5: normalisation by TRAIN: expected the TRAIN split");
  }

  @Test
  void aSavedModelHasNoLayersToLookAt() {
    Path exported = folder.resolve("exported");
    new SavedModelExport(weights, metadata(weights, Normalization.NONE)).write(exported, false);

    assertThatThrownBy(() -> Model.load(exported).weights())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("found a SavedModel; name the file that it was exported from");
  }

  @Test
  void valuesThatOverflowAreRefusedByTheirSeries() {
    Path file = Path.of("keras-weights/2017-lstmfcn-8-CBF/weights.h5");
    float[][] series = RandomWeights.series(140, 128, 4); // more than a batch
    Arrays.fill(series[131], 3e38f);

    try (TimeSeriesClassifier classifier = TimeSeriesClassifier.load(file)) {
      assertThatThrownBy(() -> classifier.predict(series))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageStartingWith("series 132: expected values that the network can compute with");
    }
  }
}
