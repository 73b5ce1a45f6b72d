package io.github.lstmfcn.model.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.lstmfcn.machine.Measurement;
import io.github.lstmfcn.machine.Measurements;
import io.github.lstmfcn.machine.Processor;
import io.github.lstmfcn.model.ConvolutionBlock;
import io.github.lstmfcn.model.Convolutions;
import io.github.lstmfcn.model.GateActivation;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.Precision;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FoldedModelTest {
  private static final String SETTING = "lstmfcn.convolutions";
  private static final ModelWeights WEIGHTS = RandomWeights.small(ModelKind.LSTM_FCN, 4, 100, 3);

  @TempDir Path folder;

  @AfterEach
  void unset() {
    System.clearProperty(SETTING);
  }

  @ParameterizedTest(name = "{0} series in batches of {1}: {2}")
  @CsvSource({
    "1, 128, DIRECT",
    "2, 2, DIRECT",
    "40, 2, DIRECT",
    "3, 3, WINOGRAD_4",
    "6, 6, WINOGRAD_4",
    "40, 8, WINOGRAD_4",
    "100, 100, WINOGRAD_4"
  })
  void fewStepsAtOnceArePlainAndManyFiltered(int series, int batchSize, Convolutions expected) {
    float[][] x = RandomWeights.series(series, 100, 2);
    try (FoldedModel model = new FoldedModel(WEIGHTS)) {
      assertThat(model.probabilities(x, batchSize)).isDeepEqualTo(answers(expected, x, batchSize));
    }
  }

  /** The answers of one graph: as a whole, or in parts of at most 4,096 steps. */
  private static float[][] answers(Convolutions way, float[][] x, int batchSize) {
    int callers = Threads.DEFAULT.callers();
    int share = (Math.min(x.length, batchSize) + callers - 1) / callers;
    int part = Math.min(40, share);
    int parts = (x.length + part - 1) / part;
    boolean divided =
        way != Convolutions.DIRECT && callers > 1 && parts > 1 && 2 * parts >= callers;
    Threads threads = divided ? Threads.DEFAULT.forCallers() : Threads.DEFAULT;
    try (LstmFcnSession session = LstmFcnSession.folded(WEIGHTS, way, threads)) {
      return session.probabilities(x, divided ? part : batchSize);
    }
  }

  @Test
  void severalCallersAtATimeHaveTheSameAnswers() {
    float[][] x = RandomWeights.series(100, 100, 2);
    try (FoldedModel model = new FoldedModel(WEIGHTS)) {
      float[][] alone = model.probabilities(x, 100);
      List<float[][]> together =
          IntStream.range(0, 12)
              .parallel()
              .mapToObj(caller -> model.probabilities(x, 100))
              .toList();
      assertThat(together).allSatisfy(found -> assertThat(found).isDeepEqualTo(alone));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void onAnyNumberOfThreadsTheAnswersAreThoseOfTheExactGraph(int threads) {
    float[][] x = RandomWeights.series(90, 100, 2);
    try (FoldedModel model = new FoldedModel(WEIGHTS, Threads.of(threads), Precision.FLOAT32);
        LstmFcnSession exact = new LstmFcnSession(WEIGHTS)) {
      float[][] expected = exact.probabilities(x, 90);
      float[][] found = model.probabilities(x, 90);
      for (int series = 0; series < x.length; series++) {
        assertThat(found[series]).containsExactly(expected[series], Offset.offset(1e-5f));
      }
    }
  }

  private FoldedModel model(Precision precision) {
    return new FoldedModel(
        FoldedWeights.of(WEIGHTS),
        (tf, series) -> series,
        Threads.DEFAULT,
        precision,
        new Measurements(folder.resolve("measurements.json")));
  }

  @ParameterizedTest
  @EnumSource(Convolutions.class)
  void whatTheUserAsksForComputesEveryBatch(Convolutions asked) {
    System.setProperty(SETTING, asked.toString());
    for (int series : new int[] {1, 40}) {
      float[][] x = RandomWeights.series(series, 100, 2);
      try (FoldedModel model = model(Precision.FLOAT32)) {
        assertThat(model.probabilities(x, 128)).isDeepEqualTo(answers(asked, x, 128));
        assertThat(model.probabilities(new float[0][], 128)).isEmpty();
        assertThatThrownBy(() -> model.probabilities(x, -3))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageEndingWith("found -3");
      }
    }
  }

  @Test
  void modelsThatAreOpenedAfterAMeasurementTakeTheFastestForSuchBatches() {
    float[][] x = RandomWeights.series(8, 100, 2);
    float[][] before;
    Measurement measured;
    try (FoldedModel model = model(Precision.FLOAT32)) {
      before = model.probabilities(x, 8);
      measured = model.measure(7).orElseThrow();
      assertThat(before).isDeepEqualTo(answers(Convolutions.WINOGRAD_4, x, 8));
      assertThat(model.probabilities(x, 8)).as("an open model goes on").isDeepEqualTo(before);
    }
    assertThat(measured.milliseconds()).containsOnlyKeys("direct", "winograd-4", "winograd-6");
    Measurements kept = new Measurements(folder.resolve("measurements.json"));
    assertThat(kept.find(measured.question())).contains(measured);

    for (Convolutions fastest : Convolutions.values()) {
      Map<String, Double> times = new LinkedHashMap<>(measured.milliseconds());
      times.replaceAll((way, time) -> way.equals(fastest.toString()) ? 1.0 : 2.0);
      kept.keep(new Measurement(measured.question(), times));
      try (FoldedModel model = model(Precision.FLOAT32)) {
        assertThat(model.probabilities(x, 8)).isDeepEqualTo(answers(fastest, x, 8));
        assertThat(model.probabilities(x, 2))
            .as("batches of another size")
            .isDeepEqualTo(answers(Convolutions.DIRECT, x, 2));
      }
    }
    kept.keep(new Measurement(measured.question(), Map.of("direct", 1.0)));
    try (FoldedModel model = model(Precision.FLOAT32)) {
      assertThat(model.probabilities(x, 8)).as("times of one way only").isDeepEqualTo(before);
    }
    assertThatThrownBy(() -> new FoldedModel(WEIGHTS).measure(0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void bfloat16IsNearFloat32WhereTheProcessorHasIt() {
    assumeTrue(Processor.current().hasBfloat16());
    float[][] x = RandomWeights.series(40, 100, 2);
    try (FoldedModel exact = model(Precision.FLOAT32);
        FoldedModel coarse = model(Precision.BFLOAT16)) {
      float[][] expected = exact.probabilities(x, 40);
      float[][] found = coarse.probabilities(x, 40);
      assertThat(Arrays.deepEquals(found, expected)).isFalse();
      for (int series = 0; series < x.length; series++) {
        assertThat(found[series]).containsExactly(expected[series], Offset.offset(0.02f));
      }
    }
  }

  @Test
  void bfloat16IsRefusedWhereItWouldOnlyBeSlower() {
    assumeFalse(Processor.current().hasBfloat16());
    assertThatThrownBy(() -> Execution.usable(Precision.BFLOAT16, "--precision"))
        .hasMessageContaining("--precision: expected a processor with avx512_bf16 or amx_bf16")
        .hasMessageContaining("use float32");
  }

  @Test
  void closedItAnswersNoMore() {
    FoldedModel model = new FoldedModel(WEIGHTS);
    float[][] x = RandomWeights.series(1, 100, 2);
    model.probabilities(x, 1);
    model.close();

    assertThatCode(model::close).doesNotThrowAnyException();
    assertThatThrownBy(() -> model.probabilities(x, 1)).isInstanceOf(IllegalStateException.class);
    float[][] many = RandomWeights.series(64, 100, 2);
    assertThatThrownBy(() -> model.probabilities(many, 64))
        .isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest(name = "kernel size {0} in the last block")
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 9})
  void otherBlocksAnswerAsTheExactGraph(int kernelSize) {
    ModelWeights weights =
        RandomWeights.of(
            List.of(
                new ConvolutionBlock(4, 8),
                new ConvolutionBlock(6, 5),
                new ConvolutionBlock(7, 3),
                new ConvolutionBlock(5, kernelSize)),
            20);
    assertAnswersAsTheExactGraph(weights);
  }

  @ParameterizedTest(name = "{0} variables, length {1}, kernel size {2} in the first block")
  @CsvSource({"1, 20, 1", "1, 20, 2", "3, 20, 1", "3, 20, 2", "3, 20, 9", "1, 1, 8", "2, 1, 1"})
  void otherFirstBlocksAnswerAsTheExactGraph(int variables, int length, int kernelSize) {
    ModelSpec spec =
        ModelSpec.of(ModelKind.MLSTM_FCN, variables, length, 4, 3, GateActivation.HARD_SIGMOID);
    List<ConvolutionBlock> blocks =
        List.of(
            new ConvolutionBlock(4, kernelSize),
            new ConvolutionBlock(6, 5),
            new ConvolutionBlock(7, 3));
    assertAnswersAsTheExactGraph(RandomWeights.of(spec.with(blocks), 1));
  }

  private static void assertAnswersAsTheExactGraph(ModelWeights weights) {
    ModelSpec spec = weights.spec();
    float[][] x = RandomWeights.series(40, spec.variables() * spec.length(), 2);
    try (LstmFcnSession exact = new LstmFcnSession(weights)) {
      float[][] expected = exact.probabilities(x, 40);
      for (Convolutions convolutions : Convolutions.values()) {
        try (LstmFcnSession folded =
            LstmFcnSession.folded(weights, convolutions, Threads.DEFAULT)) {
          float[][] found = folded.probabilities(x, 40);
          for (int row = 0; row < x.length; row++) {
            assertThat(found[row]).containsExactly(expected[row], Offset.offset(1e-5f));
          }
        }
      }
    }
  }
}
