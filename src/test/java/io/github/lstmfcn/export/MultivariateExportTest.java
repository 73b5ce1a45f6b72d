package io.github.lstmfcn.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lstmfcn.data.Dataset;
import io.github.lstmfcn.data.LabelEncoding;
import io.github.lstmfcn.data.Normalization;
import io.github.lstmfcn.data.Preparation;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.model.ModelMetadata;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.graph.LayerOutput;
import io.github.lstmfcn.model.graph.LstmFcnSession;
import io.github.lstmfcn.model.graph.RandomWeights;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;

@Timeout(60)
class MultivariateExportTest {
  private static final int SIZE = Networks.VARIABLES * Networks.LENGTH;
  private static final List<String> LABELS = List.of("a", "b", "c", "d");

  @TempDir Path folder;

  /** Every network, with a normalisation each in turn and both inputs. */
  static Stream<Arguments> networks() {
    Normalization[] normalizations = Normalization.values();
    List<ModelSpec> specs = Networks.all().toList();
    return IntStream.range(0, specs.size())
        .mapToObj(
            i -> Arguments.of(specs.get(i), normalizations[i % normalizations.length], i % 2 == 0));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void everyNetworkAnswersAsItsWeightsDo(
      ModelSpec spec, Normalization normalization, boolean flat) {
    assertAnswersAsWeightsDo(spec, normalization, flat);
  }

  @ParameterizedTest
  @EnumSource(Normalization.class)
  void everyNormalizationIsBuiltIn(Normalization normalization) {
    assertAnswersAsWeightsDo(Networks.of(ModelKind.MALSTM_FCN), normalization, false);
    assertAnswersAsWeightsDo(Networks.of(ModelKind.MALSTM_FCN), normalization, true);
  }

  private void assertAnswersAsWeightsDo(ModelSpec spec, Normalization normalization, boolean flat) {
    ModelWeights weights = RandomWeights.of(spec, 1);
    Preparation preparation = preparation(normalization);
    float[][][] series = Networks.series(20, 2);

    Path target = export(weights, preparation, flat);

    try (SavedModel exported = SavedModel.load(target);
        LstmFcnSession session = new LstmFcnSession(weights)) {
      assertThat(exported.isRebuilt()).isTrue();
      assertThat(exported.variables()).isEqualTo(Networks.VARIABLES);
      assertThat(exported.length()).isEqualTo(Networks.LENGTH);
      float[][] expected = session.probabilities(preparation.apply(series), 20);
      float[][] found = exported.probabilities(preparation.pad(series), 8);
      for (int row = 0; row < series.length; row++) {
        assertThat(found[row]).containsExactly(expected[row], Offset.offset(1e-5f));
      }
    }
  }

  @Test
  void theSignatureHasAnAxisOfVariables() {
    Path target = export(false);

    assertThat(inputShape(target)).containsExactly(-1, 3, 10);
    assertThat(SavedModel.describe(target).provenance())
        .containsEntry("input_shape", "(-1, 3, 10)");
  }

  @Test
  void theFlatSignatureHasRows() {
    Path target = export(true);

    assertThat(inputShape(target)).containsExactly(-1, 30);
    assertThat(SavedModel.describe(target).provenance()).containsEntry("input_shape", "(-1, 30)");
  }

  @Test
  void aUnivariateModelIsFlatEitherWay() {
    ModelWeights weights = RandomWeights.small(ModelKind.LSTM_FCN, 3, 7, 4);
    for (boolean flat : new boolean[] {false, true}) {
      Path target = export(weights, Preparation.none(7), flat);

      assertThat(inputShape(target)).containsExactly(-1, 7);
    }
  }

  private static long[] inputShape(Path target) {
    try (SavedModelBundle bundle = SavedModelBundle.load(target.toString())) {
      Signature signature = bundle.function(Signature.DEFAULT_KEY).signature();
      return signature.getInputs().get("series").shape.asArray();
    }
  }

  @Test
  void whatThePreparationRefusesHasNoClassAndNoLabel() {
    Path target = export(false);
    float[] values = new float[7 * SIZE];
    for (int index = 0; index < values.length; index++) {
      values[index] = index % 11 - 5;
    }
    Arrays.fill(values, SIZE, 2 * SIZE, 0); // all variables silent
    Arrays.fill(values, 2 * SIZE, 3 * SIZE, Float.NaN); // no value at all
    Arrays.fill(values, 3 * SIZE + 10, 3 * SIZE + 20, Float.NaN); // a variable without a value
    values[4 * SIZE + 3] = Float.NEGATIVE_INFINITY;
    values[5 * SIZE + 29] = 1e19f; // too large to compute with
    Arrays.fill(values, 6 * SIZE + 10, 6 * SIZE + 20, 0); // one silent variable
    try (SavedModelBundle bundle = SavedModelBundle.load(target.toString());
        TFloat32 input = TFloat32.tensorOf(Shape.of(7, 3, 10), DataBuffers.of(values));
        Result result = bundle.call(Map.of("series", input))) {
      float[][] probabilities =
          LayerOutput.of((TFloat32) result.get("probabilities").orElseThrow()).rows();
      TInt64 best = (TInt64) result.get("class").orElseThrow();
      TString label = (TString) result.get("label").orElseThrow();
      for (int row : new int[] {0, 6}) {
        assertThat(probabilities[row]).doesNotContain(Float.NaN);
        assertThat(LABELS.get((int) best.getLong(row))).isEqualTo(label.getObject(row));
      }
      for (int row = 1; row < 6; row++) {
        assertThat(probabilities[row]).as("series %d", row).containsOnly(Float.NaN);
        assertThat(best.getLong(row)).isEqualTo(-1);
        assertThat(label.getObject(row)).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void refusesAModelWhoseInputIsOfAnotherShape(boolean flat) throws Exception {
    Path target = export(flat);
    Path provenance = target.resolve("assets.extra/provenance.json");
    String changed =
        Files.readString(provenance).replaceFirst("\"variables\" *: *3", "\"variables\" : 2");
    Files.writeString(provenance, changed);

    assertThatThrownBy(() -> SavedModel.load(target).close())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(
            target + ": expected a tensor series of shape (-1, 20) or (-1, 2, 10) in float32")
        .hasMessageNotContaining("\n");
  }

  private static Preparation preparation(Normalization normalization) {
    Dataset train = new Dataset("a", null, Collections.nCopies(12, "1"), Networks.series(12, 5));
    return Preparation.of(normalization, Networks.VARIABLES, Networks.LENGTH, false, train, train);
  }

  private Path export(boolean flat) {
    ModelWeights weights = RandomWeights.of(Networks.of(ModelKind.MALSTM_FCN), 1);
    return export(weights, preparation(Normalization.NONE), flat);
  }

  private Path export(ModelWeights weights, Preparation preparation, boolean flat) {
    Path target = folder.resolve("model");
    ModelMetadata metadata =
        new ModelMetadata(weights.spec(), preparation, LabelEncoding.SORTED, LABELS, Map.of());
    assertThat(new SavedModelExport(weights, metadata, flat).write(target, true)).isLessThan(1e-5f);
    return target;
  }
}
