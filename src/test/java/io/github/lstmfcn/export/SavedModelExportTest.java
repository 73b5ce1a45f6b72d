package io.github.lstmfcn.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.lstmfcn.data.Dataset;
import io.github.lstmfcn.data.LabelEncoding;
import io.github.lstmfcn.data.Normalization;
import io.github.lstmfcn.data.Preparation;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.model.AttentionScope;
import io.github.lstmfcn.model.GateActivation;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.model.ModelMetadata;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.graph.LayerOutput;
import io.github.lstmfcn.model.graph.LstmFcnSession;
import io.github.lstmfcn.model.graph.Predictor;
import io.github.lstmfcn.model.graph.RandomWeights;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;

class SavedModelExportTest {
  private static final int LENGTH = 18;
  private static final float TOLERANCE = 1e-6f;

  @TempDir Path folder;

  static Stream<Arguments> models() {
    return Stream.of(GateActivation.values())
        .flatMap(
            gates ->
                Stream.of(
                    Arguments.of(ModelKind.LSTM_FCN, gates, AttentionScope.PER_SERIES),
                    Arguments.of(ModelKind.ALSTM_FCN, gates, AttentionScope.PER_SERIES),
                    Arguments.of(ModelKind.ALSTM_FCN, gates, AttentionScope.ACROSS_BATCH)));
  }

  @ParameterizedTest
  @MethodSource("models")
  void answersAsTheWeightsDo(ModelKind kind, GateActivation gates, AttentionScope scope) {
    ModelWeights weights = RandomWeights.of(new ModelSpec(kind, 4, LENGTH, 3, gates, scope), 1);
    float[][] series = RandomWeights.series(20, LENGTH, 1);
    Path target = folder.resolve("model");

    float difference =
        new SavedModelExport(
                weights, metadata(weights, Preparation.none(LENGTH), List.of(), Map.of()))
            .write(target, false);

    assertThat(difference).isLessThan(TOLERANCE);
    try (SavedModel exported = SavedModel.load(target);
        LstmFcnSession session = new LstmFcnSession(weights)) {
      assertThat(exported.isRebuilt()).isTrue();
      assertThat(exported.length()).isEqualTo(LENGTH);
      assertThat(exported.classes()).isEqualTo(3);
      assertThat(SavedModel.describe(target).labels()).isEmpty();
      assertThat(exported.dependsOnBatch()).isEqualTo(scope == AttentionScope.ACROSS_BATCH);
      assertClose(exported.probabilities(series, 8), session.probabilities(series, 8));
    }
  }

  @ParameterizedTest
  @EnumSource(Normalization.class)
  void bakesTheNormalizationIn(Normalization normalization) {
    ModelWeights weights = RandomWeights.small(ModelKind.LSTM_FCN, 4, LENGTH, 3);
    float[][] series = shifted(RandomWeights.series(10, LENGTH, 2));
    Arrays.fill(series[3], 5); // constant
    series[4][7] = Float.NaN; // missing
    Dataset train =
        new Dataset(
            "a", null, Collections.nCopies(7, "1"), shifted(RandomWeights.series(7, LENGTH, 3)));
    Preparation preparation = Preparation.of(normalization, 1, LENGTH, false, train, train);
    Path target = folder.resolve("model");

    new SavedModelExport(weights, metadata(weights, preparation, List.of(), Map.of()))
        .write(target, false);

    try (SavedModel exported = SavedModel.load(target);
        LstmFcnSession session = new LstmFcnSession(weights)) {
      assertThat(exported.isRebuilt()).isTrue();
      assertClose(
          exported.probabilities(series, 10), session.probabilities(preparation.apply(series), 10));
    }
  }

  private static float[][] shifted(float[][] series) {
    for (float[] row : series) {
      for (int step = 0; step < row.length; step++) {
        row[step] = 3 * row[step] + 40;
      }
    }
    return series;
  }

  @Test
  void hasTheSignatureThatServingClientsExpect() {
    Path target = export("model", Map.of());
    float[][] series = RandomWeights.series(2, LENGTH, 4);
    try (SavedModelBundle bundle = SavedModelBundle.load(target.toString());
        TFloat32 input = TFloat32.tensorOf(StdArrays.ndCopyOf(series))) {
      Signature signature = bundle.function(Signature.DEFAULT_KEY).signature();
      assertThat(signature.inputNames()).containsExactly("series");
      assertThat(signature.outputNames())
          .containsExactlyInAnyOrder("probabilities", "logits", "class", "label");
      assertThat(signature.getInputs().get("series").shape.asArray()).containsExactly(-1, LENGTH);
      try (Result result = bundle.call(Map.of("series", input))) {
        float[][] probabilities =
            LayerOutput.of((TFloat32) result.get("probabilities").orElseThrow()).rows();
        float[][] logits = LayerOutput.of((TFloat32) result.get("logits").orElseThrow()).rows();
        TInt64 best = (TInt64) result.get("class").orElseThrow();
        TString label = (TString) result.get("label").orElseThrow();
        for (int row = 0; row < 2; row++) {
          assertThat(best.getLong(row)).isEqualTo(Predictor.mostProbable(probabilities[row]));
          assertThat(best.getLong(row)).isEqualTo(Predictor.mostProbable(logits[row]));
          assertThat(label.getObject(row))
              .isEqualTo(List.of("auf", "ab", "eben ü").get(Predictor.mostProbable(logits[row])));
        }
      }
    }
  }

  @Test
  void aSeriesThatOverflowsHasNoClassAndNoLabel() {
    Path target = export("model", Map.of());
    float[] values = {0.5f, 1e19f, 1e25f, 1e30f, 1e36f, 1e38f, 3e38f};
    float[][] series = new float[values.length][LENGTH];
    for (int row = 0; row < values.length; row++) {
      Arrays.fill(series[row], values[row]);
    }
    try (SavedModelBundle bundle = SavedModelBundle.load(target.toString());
        TFloat32 input = TFloat32.tensorOf(StdArrays.ndCopyOf(series));
        Result result = bundle.call(Map.of("series", input))) {
      float[][] probabilities =
          LayerOutput.of((TFloat32) result.get("probabilities").orElseThrow()).rows();
      TInt64 best = (TInt64) result.get("class").orElseThrow();
      TString label = (TString) result.get("label").orElseThrow();
      assertThat(label.getObject(0)).isNotEmpty();
      for (int row = 1; row < values.length; row++) {
        assertThat(probabilities[row]).as("%s", values[row]).containsOnly(Float.NaN);
        assertThat(best.getLong(row)).isEqualTo(-1);
        assertThat(label.getObject(row)).isEmpty();
      }
    }
  }

  @Test
  void keepsLabelsAndProvenanceBesideTheModel() throws Exception {
    Path target = export("model", Map.of("weights_file", "a.h5"));

    JsonNode provenance =
        new ObjectMapper().readTree(target.resolve("assets.extra/provenance.json").toFile());
    assertThat(provenance.at("/provenance/weights_file").asText()).isEqualTo("a.h5");
    assertThat(provenance.at("/model/recurrent/cells").asInt()).isEqualTo(4);
    assertThat(provenance.at("/preparation/normalization").asText()).isEqualTo("none");
    assertThat(Files.readAllLines(target.resolve("assets.extra/labels.txt")))
        .containsExactly("auf", "ab", "eben ü");
    assertThat(SavedModel.describe(target).labels()).containsExactly("auf", "ab", "eben ü");
  }

  @Test
  void refusesLabelsThatAreNotOneAClass() {
    ModelWeights weights = RandomWeights.small(ModelKind.LSTM_FCN, 4, LENGTH, 3);

    assertThatThrownBy(
            () ->
                new SavedModelExport(
                    weights,
                    metadata(weights, Preparation.none(LENGTH), List.of("a", "b"), Map.of())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected 3 labels, found 2: [a, b]");
  }

  @Test
  void replacesAModelOnlyOnRequest() throws Exception {
    Path target = export("model", Map.of("export", "first"));
    ModelWeights other = RandomWeights.small(ModelKind.LSTM_FCN, 4, LENGTH, 5);
    SavedModelExport second =
        new SavedModelExport(
            other,
            metadata(other, Preparation.none(LENGTH), List.of(), Map.of("export", "second")));

    assertThatThrownBy(() -> second.write(target, false))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("--force");
    try (SavedModel model = SavedModel.load(target)) {
      assertThat(model.classes()).isEqualTo(3);
    }
    second.write(target, true);
    try (SavedModel model = SavedModel.load(target)) {
      assertThat(model.classes()).isEqualTo(5);
      assertThat(SavedModel.describe(target).labels()).isEmpty();
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(target);
    }
  }

  @Test
  void refusesADamagedModel() throws Exception {
    Path target = export("model", Map.of());
    Path graph = target.resolve("saved_model.pb");
    byte[] bytes = Files.readAllBytes(graph);
    for (int length : new int[] {0, 1, 10, 1000, bytes.length / 2, bytes.length - 1}) {
      Files.write(graph, Arrays.copyOf(bytes, length));
      assertRefused(target, "cut to " + length);
    }
    Random random = new Random(1);
    byte[] noise = new byte[5000];
    random.nextBytes(noise);
    Files.write(graph, noise);
    assertRefused(target, "noise");
  }

  @ParameterizedTest
  @ValueSource(strings = {"assets.extra/provenance.json", "assets.extra/labels.txt"})
  void refusesDamageBesideTheModel(String file) throws Exception {
    Path target = export("model", Map.of());
    Files.write(target.resolve(file), new byte[] {'{', (byte) 0xff, (byte) 0xfe, 0});

    assertRefused(target, file);
  }

  @Test
  void refusesLabelsThatNoLongerFitTheModel() throws Exception {
    Path target = export("model", Map.of());
    Files.write(target.resolve("assets.extra/labels.txt"), List.of("one", "two"));

    assertRefused(target, "two labels");
  }

  @Test
  void refusesAFolderWithoutAModel() {
    assertThat(SavedModel.isAt(folder)).isFalse();
    assertRefused(folder, "empty folder");
    assertRefused(folder.resolve("no"), "no folder");
  }

  private static void assertRefused(Path target, String what) {
    assertThatThrownBy(() -> SavedModel.load(target).close())
        .as(what)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(target + ": ")
        .hasMessageNotContaining("\n")
        .hasMessageNotContaining("found null");
  }

  @Test
  void mayBeClosedTwice() {
    SavedModel model = SavedModel.load(export("model", Map.of()));
    model.close();
    model.close();

    assertThatThrownBy(() -> model.probabilities(new float[1][LENGTH], 1))
        .isInstanceOf(IllegalStateException.class);
  }

  private static ModelMetadata metadata(
      ModelWeights weights,
      Preparation preparation,
      List<String> labels,
      Map<String, String> provenance) {
    return new ModelMetadata(weights.spec(), preparation, LabelEncoding.SORTED, labels, provenance);
  }

  private Path export(String name, Map<String, String> provenance) {
    Path target = folder.resolve(name);
    ModelWeights weights = RandomWeights.small(ModelKind.LSTM_FCN, 4, LENGTH, 3);
    new SavedModelExport(
            weights,
            metadata(weights, Preparation.none(LENGTH), List.of("auf", "ab", "eben ü"), provenance))
        .write(target, false);
    return target;
  }

  private static void assertClose(float[][] actual, float[][] expected) {
    assertThat(actual.length).isEqualTo(expected.length);
    for (int row = 0; row < actual.length; row++) {
      assertThat(actual[row]).containsExactly(expected[row], Offset.offset(1e-5f));
    }
  }
}
