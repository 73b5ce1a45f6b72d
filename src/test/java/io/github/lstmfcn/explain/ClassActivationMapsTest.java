package io.github.lstmfcn.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.lstmfcn.keras.ReferenceCase;
import io.github.lstmfcn.model.AttentionScope;
import io.github.lstmfcn.model.ConvolutionBlock;
import io.github.lstmfcn.model.GateActivation;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.graph.LstmFcnSession;
import io.github.lstmfcn.model.graph.RandomWeights;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Maps beside what the original stack computed; a new folder of references is a new test. */
@Tag("real-data")
class ClassActivationMapsTest {
  private static final double TOLERANCE = 1e-4;

  static Stream<ReferenceCase> all() {
    return ReferenceCase.all();
  }

  static Stream<ReferenceCase> withMaps() {
    return ReferenceCase.all().filter(reference -> reference.floats("cam") != null);
  }

  static ModelWeights weights(ReferenceCase reference) {
    return reference
        .file()
        .weights(null, reference.acrossBatch() ? AttentionScope.ACROSS_BATCH : null);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("withMaps")
  void theMapIsTheReferences(ReferenceCase reference) {
    float[][] firstTwo = Arrays.copyOf(reference.series(), 2);
    try (ClassActivationMaps maps = ClassActivationMaps.of(weights(reference))) {
      List<float[]> rows = maps.explain(firstTwo).flatMap(cam -> Arrays.stream(cam.map())).toList();
      Numbers.assertClose(Numbers.flat(rows), reference.floats("cam"), TOLERANCE);
    }
  }

  static Stream<ReferenceCase> withMapsOfTheOriginal() {
    return ReferenceCase.all()
        .filter(reference -> reference.floats("cam_upstream_2017_unscaled") != null);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("withMapsOfTheOriginal")
  void theOriginalsMapsAreReproduced(ReferenceCase reference) {
    float[][] firstTwo = Arrays.copyOf(reference.series(), 2);
    Map<UpstreamMap, String> arrays =
        Map.of(
            UpstreamMap.VISUALIZE_2017, "cam_upstream_2017_unscaled",
            UpstreamMap.VISUALIZE_2019, "cam_upstream_2019_unscaled",
            UpstreamMap.WRITE_2019, "cam_upstream_write_cam");
    arrays.forEach(
        (upstream, array) -> {
          try (ClassActivationMaps maps =
              ClassActivationMaps.asUpstream(weights(reference), upstream)) {
            List<float[]> rows =
                Arrays.stream(firstTwo)
                    .flatMap(series -> Arrays.stream(maps.upstreamMap(series)))
                    .toList();
            Numbers.assertClose(Numbers.flat(rows), reference.floats(array), TOLERANCE);
          }
        });
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("all")
  void meanOfTheMapAndLstmPartAndBiasAreTheLogit(ReferenceCase reference) {
    float[][] series = reference.series();
    ModelWeights weights = weights(reference);
    float[][] probabilities;
    try (LstmFcnSession session = new LstmFcnSession(weights)) {
      probabilities = session.probabilities(series, 128);
    }
    int[] samples = IntStream.range(0, series.length).filter(i -> i % 7 == 0).toArray();
    try (ClassActivationMaps maps = ClassActivationMaps.of(weights)) {
      Iterator<ClassActivationMap> each = maps.explain(series, samples).iterator();
      for (int sample : samples) {
        ClassActivationMap cam = each.next();
        for (int k = 0; k < cam.map().length; k++) {
          double sum = Numbers.mean(cam.map()[k]) + cam.lstm()[k] + cam.bias()[k];
          double logit = cam.logits()[k];
          assertThat(sum).isCloseTo(logit, within(TOLERANCE));
          assertThat((double) cam.convolution()[k] + cam.lstm()[k] + cam.bias()[k])
              .isCloseTo(logit, within(TOLERANCE));
        }
        Numbers.assertClose(cam.probabilities(), probabilities[sample], 1e-5);
      }
      assertThat(each.hasNext()).isFalse();
    }
  }

  @Test
  void theLstmBranchsShareIsOfAllThatIsAdded() {
    float[] ones = {1, 1};
    ClassActivationMap cam =
        new ClassActivationMap(
            new float[][] {{2}, {0}},
            new float[] {2, 0},
            new float[] {-1, 0},
            new float[] {1, 0},
            ones,
            ones);

    assertThat(cam.lstmShare(0)).isEqualTo(0.25);
    assertThat(cam.lstmShare(1)).isZero();
  }

  @Test
  void theOriginalDividesByTheMaximum() {
    ModelWeights weights = RandomWeights.small(ModelKind.LSTM_FCN, 8, 40, 3);
    float[][] series = RandomWeights.series(2, 40, 3);
    for (UpstreamMap upstream : List.of(UpstreamMap.VISUALIZE_2017, UpstreamMap.VISUALIZE_2019)) {
      try (ClassActivationMaps maps = ClassActivationMaps.asUpstream(weights, upstream)) {
        float[][] unscaled = maps.upstreamMap(series[1]);
        float[][] drawn = maps.explain(series).toList().get(1).map();
        for (int k = 0; k < drawn.length; k++) {
          float largest = Numbers.largest(unscaled[k]);
          assertThat(drawn[k][7]).isEqualTo(unscaled[k][7] / largest);
        }
      }
    }
  }

  @Test
  void theOriginalsMapIsNotTheRightOne() {
    ModelWeights weights = RandomWeights.small(ModelKind.LSTM_FCN, 8, 40, 3);
    float[][] series = RandomWeights.series(1, 40, 3);
    try (ClassActivationMaps right = ClassActivationMaps.of(weights);
        ClassActivationMaps original =
            ClassActivationMaps.asUpstream(weights, UpstreamMap.WRITE_2019)) {
      ClassActivationMap ours = right.explain(series).findFirst().orElseThrow();
      ClassActivationMap theirs = original.explain(series).findFirst().orElseThrow();

      assertThat(theirs.logits()).isEqualTo(ours.logits());
      assertThat(theirs.convolution()).isEqualTo(ours.convolution());
      assertThat(Numbers.mean(theirs.map()[0]))
          .isNotCloseTo(ours.convolution()[0], within(TOLERANCE));
    }
  }

  @Test
  void chosenSamplesAreTheSameAsAmongAll() {
    ModelWeights weights = RandomWeights.small(ModelKind.LSTM_FCN, 8, 24, 3);
    float[][] series = RandomWeights.series(300, 24, 5);
    try (ClassActivationMaps maps = ClassActivationMaps.of(weights)) {
      List<ClassActivationMap> all = maps.explain(series).toList();
      List<ClassActivationMap> some = maps.explain(series, new int[] {2, 131, 299}).toList();

      assertThat(all).hasSize(300);
      assertThat(some).hasSize(3);
      Numbers.assertClose(some.get(1).map()[2], all.get(131).map()[2], 1e-5);
      Numbers.assertClose(some.get(2).logits(), all.get(299).logits(), 1e-5);
    }
  }

  @Test
  void theMapOfAnFcnAloneHasNoPartOfAnLstm() {
    ModelWeights weights = RandomWeights.of(spec(ModelKind.FCN, 3), 2);
    float[][] series = RandomWeights.series(2, 3 * 12, 4);
    try (ClassActivationMaps maps = ClassActivationMaps.of(weights)) {
      ClassActivationMap cam = maps.explain(series).toList().get(1);

      assertThat(cam.map()).hasDimensions(2, 12);
      assertThat(cam.lstm()).containsExactly(0, 0);
      assertThat((double) cam.convolution()[1] + cam.bias()[1])
          .isCloseTo(cam.logits()[1], within(TOLERANCE));
    }
  }

  private static ModelSpec spec(ModelKind kind, int variables) {
    return ModelSpec.of(kind, variables, 12, 2, 4, GateActivation.HARD_SIGMOID);
  }

  @Test
  void theMapOfALastBlockWithSqueezeAndExciteIsOfItsScaledOutput() {
    List<ConvolutionBlock> blocks =
        List.of(new ConvolutionBlock(8, 3), new ConvolutionBlock(16, 3, 4));
    ModelWeights weights = RandomWeights.of(spec(ModelKind.MLSTM_FCN, 2).with(blocks), 2);
    try (ClassActivationMaps maps = ClassActivationMaps.of(weights)) {
      ClassActivationMap cam =
          maps.explain(RandomWeights.series(1, 2 * 12, 4)).findFirst().orElseThrow();

      assertThat(Numbers.mean(cam.map()[0]) + cam.lstm()[0] + cam.bias()[0])
          .isCloseTo(cam.logits()[0], within(TOLERANCE));
    }
  }

  @Test
  void anLstmAloneHasNoMaps() {
    ModelWeights weights = RandomWeights.of(spec(ModelKind.LSTM, 3), 2);
    assertThatThrownBy(() -> ClassActivationMaps.of(weights))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("expected a network with convolutions, found LSTM, 3 variables");
  }

  @Test
  void theOriginalHasNoMapsOfMultivariateNetworksOrOfMoreCellsThanChannels() {
    ModelWeights several = RandomWeights.of(spec(ModelKind.MLSTM_FCN, 3), 2);
    ModelWeights wide =
        RandomWeights.of(
            ModelSpec.of(ModelKind.LSTM_FCN, 1, 12, 2, 200, GateActivation.HARD_SIGMOID), 2);
    assertThatThrownBy(() -> ClassActivationMaps.asUpstream(several, UpstreamMap.VISUALIZE_2019))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected a univariate LSTM-FCN or ALSTM-FCN")
        .hasMessageContaining("found MLSTM-FCN, 3 variables");
    assertThatThrownBy(() -> ClassActivationMaps.asUpstream(wide, UpstreamMap.VISUALIZE_2017))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("200 cells");
    assertThat(UpstreamMap.VISUALIZE_2019.existsFor(wide.spec())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "2", "1 0"})
  void samplesOutOfRangeOrOrderAreRefused(String samples) {
    int[] chosen = Stream.of(samples.split(" ", -1)).mapToInt(Integer::parseInt).toArray();
    ModelWeights weights = RandomWeights.small(ModelKind.LSTM_FCN, 2, 12, 2);
    try (ClassActivationMaps maps = ClassActivationMaps.of(weights)) {
      assertThatThrownBy(() -> maps.explain(new float[2][12], chosen))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("expected indices from 0 to 1 in ascending order, found ");
    }
  }

  @Test
  void mapsOfAThousandLongSeriesAreMadeWhileTheyAreRead() {
    ModelWeights weights = RandomWeights.small(ModelKind.LSTM_FCN, 8, 1639, 2);
    float[][] series = new float[1000][1639];
    series[999] = new float[1]; // fails when its batch is computed, no sooner
    try (ClassActivationMaps maps = ClassActivationMaps.of(weights)) {
      assertThat(maps.explain(series).limit(12)).hasSize(12);
      assertThatThrownBy(() -> maps.explain(series, new int[] {999}).findFirst())
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("expected length 1639, found 1");
    }
  }
}
