package io.github.lstmfcn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.lstmfcn.data.Dataset;
import io.github.lstmfcn.data.LabelEncoding;
import io.github.lstmfcn.data.Normalization;
import io.github.lstmfcn.data.Preparation;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.model.ConvolutionBlock;
import io.github.lstmfcn.model.GateActivation;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.model.ModelMetadata;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.graph.RandomWeights;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A multivariate model and its exports, flat and with an axis of variables. */
@Timeout(60)
class ExportedModelTest {
  private static final int VARIABLES = 3;
  private static final int LENGTH = 9;
  private static final ModelSpec SPEC =
      ModelSpec.of(ModelKind.MALSTM_FCN, VARIABLES, LENGTH, 2, 4, GateActivation.HARD_SIGMOID)
          .with(List.of(new ConvolutionBlock(8, 5, 2), new ConvolutionBlock(8, 3, 0)));
  private static final float NAN = Float.NaN;

  @TempDir Path folder;

  private Model model;
  private Model exported;
  private Model flat;

  @BeforeEach
  void export() {
    ModelWeights weights = RandomWeights.of(SPEC, 1);
    Dataset train = new Dataset("a", null, List.of("up", "down", "up", "up"), series(4, 3));
    ModelMetadata metadata =
        new ModelMetadata(
            SPEC,
            Preparation.of(Normalization.TRAIN, VARIABLES, LENGTH, false, train, null),
            LabelEncoding.SORTED,
            List.of("down", "up"),
            Map.of());
    model = new Model(folder, new Network.Weighted(weights), metadata, false, List.of());
    model.export(folder.resolve("exported"), false);
    model.export(folder.resolve("flat"), ExportOptions.defaults().withFlatInput(true));
    exported = Model.load(folder.resolve("exported"));
    flat = Model.load(folder.resolve("flat"));
  }

  private static float[][][] series(int count, long seed) {
    Random random = new Random(seed);
    float[][][] series = new float[count][VARIABLES][LENGTH];
    for (float[][] one : series) {
      for (int variable = 0; variable < VARIABLES; variable++) {
        for (int step = 0; step < LENGTH; step++) {
          one[variable][step] = (float) (20 * variable + 3 * random.nextGaussian());
        }
      }
    }
    return series;
  }

  @Test
  void answersAsTheModelDoesAlsoWithWhatIsMissingPaddedOrSilent() {
    float[][][] series = series(6, 5);
    series[1][2][4] = NAN;
    series[2] = new float[][] {{1, 2, 3}, {NAN, 4, 5}, {6, 7, NAN}};
    Arrays.fill(series[3][1], 0);
    try (TimeSeriesClassifier classifier = TimeSeriesClassifier.of(model)) {
      float[][] expected = classifier.predictProbabilities(series);
      for (Model other : List.of(exported, flat)) {
        try (TimeSeriesClassifier loaded = TimeSeriesClassifier.of(other)) {
          assertThat(loaded.labels()).containsExactly("down", "up");
          float[][] found = loaded.predictProbabilities(series);
          for (int row = 0; row < series.length; row++) {
            assertThat(found[row]).containsExactly(expected[row], Offset.offset(1e-5f));
          }
        }
      }
    }
  }

  @Test
  void hasTheLogitsOfTheModel() {
    float[][][] series = series(5, 3);
    try (TimeSeriesClassifier own = TimeSeriesClassifier.of(model);
        TimeSeriesClassifier served = TimeSeriesClassifier.of(exported, 1)) {
      float[][] expected = own.predictScores(series, 5).logits();
      float[][] found = served.predictScores(series, 5).logits();

      for (int row = 0; row < series.length; row++) {
        assertThat(found[row]).containsExactly(expected[row], Offset.offset(1e-4f));
      }
    }
  }

  @Test
  void refusesWhatTheModelRefusesInTheSameLine() {
    float[] steps = {1, 2, 3, 4};
    for (float[][] bad :
        List.of(
            new float[][] {steps},
            new float[][] {steps, steps, {1, 2}},
            new float[][] {steps, steps, {NAN, NAN, NAN, NAN}},
            new float[][] {{}, {}, {}},
            new float[][] {new float[LENGTH], new float[LENGTH], new float[LENGTH]},
            new float[][] {ones(LENGTH + 1), ones(LENGTH + 1), ones(LENGTH + 1)},
            new float[][] {steps, steps, {1, 2, 3, Float.POSITIVE_INFINITY}},
            new float[][] {steps, steps, {1, 2, 3, 1e38f}})) {
      Throwable refusal = refusal(model, bad);

      assertThat(refusal)
          .isInstanceOf(InvalidInputException.class)
          .hasMessageStartingWith("series 2")
          .hasMessageNotContaining("\n");
      assertThat(refusal(exported, bad)).hasMessage(refusal.getMessage());
      assertThat(refusal(flat, bad)).hasMessage(refusal.getMessage());
    }
  }

  private static float[] ones(int length) {
    float[] steps = new float[length];
    Arrays.fill(steps, 1);
    return steps;
  }

  private static Throwable refusal(Model model, float[][] bad) {
    try (TimeSeriesClassifier classifier = TimeSeriesClassifier.of(model)) {
      float[][][] series = {series(1, 7)[0], bad};
      return catchThrowable(() -> classifier.predict(series));
    }
  }

  @Test
  void replacesAnExportOnlyIfToldTo() {
    ExportOptions options = ExportOptions.defaults().withFlatInput(true);
    Path target = folder.resolve("exported");

    assertThat(catchThrowable(() -> model.export(target, options)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("--force");
    model.export(target, options.withOverwrite(true));

    assertThat(Model.load(target).provenance()).containsEntry("input_shape", "(-1, 27)");
  }

  @Test
  void aClassifierOfSeveralVariablesWarmsUp() {
    for (Model each : List.of(model, exported, flat)) {
      try (TimeSeriesClassifier classifier = TimeSeriesClassifier.of(each)) {
        assertThatCode(classifier::warmUp).doesNotThrowAnyException();
      }
    }
  }

  @Test
  void modelsOfDifferentVariablesAreNotAveraged() {
    ModelSpec two = new ModelSpec(2, LENGTH, 2, SPEC.recurrent(), SPEC.blocks());
    Model other =
        new Model(
            folder.resolve("two"),
            new Network.Weighted(RandomWeights.of(two, 1)),
            new ModelMetadata(
                two, Preparation.none(2, LENGTH), LabelEncoding.SORTED, List.of(), Map.of()),
            false,
            List.of());

    assertThat(catchThrowable(() -> TimeSeriesClassifier.of(List.of(exported, other))))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(
            folder.resolve("two") + ": expected 3 variables, length 9 and 2 classes, as ")
        .hasMessageContaining("found 2 variables, length 9 and 2 classes");
  }
}
