package io.github.lstmfcn.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.lstmfcn.keras.ReferenceCase;
import io.github.lstmfcn.model.ModelWeights;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Attention and factors of multivariate networks beside what the original stack computed. */
@Tag("real-data")
class MultivariateReferenceTest {
  private static final double TOLERANCE = 1e-4;

  static Stream<ReferenceCase> all() {
    return ReferenceCase.all().filter(reference -> reference.shape("input")[1] > 1);
  }

  static Stream<ReferenceCase> withAttention() {
    return all().filter(reference -> reference.floats("attention_upstream") != null);
  }

  static Stream<ReferenceCase> withMasks() {
    return all().filter(reference -> reference.toString().contains("-malstmfcn-"));
  }

  static Stream<ReferenceCase> withSqueezeAndExcite() {
    return all().filter(reference -> reference.floats("se1_scale") != null);
  }

  /** No shipped case has the original's attention. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("withAttention")
  @EnabledIfSystemProperty(named = "lstmfcn.shared", matches = ".+")
  void whatIsAttendedIsWhatTheOriginalReturns(ReferenceCase reference) {
    float[][] firstTwo = Arrays.copyOf(reference.series(), 2);
    try (AttentionMaps maps = AttentionMaps.of(ClassActivationMapsTest.weights(reference))) {
      List<AttentionMap> found = maps.explain(firstTwo).toList();
      List<float[]> attended =
          found.stream().flatMap(map -> Arrays.stream(map.attended())).toList();
      Numbers.assertClose(
          Numbers.flat(attended), reference.floats("attention_upstream"), TOLERANCE);
      for (AttentionMap map : found) {
        for (float[] row : map.alpha()) {
          double sum = IntStream.range(0, row.length).mapToDouble(column -> row[column]).sum();
          assertThat(sum).isCloseTo(1, within(1e-5));
        }
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("withMasks")
  void masksAreThoseOfTheReference(ReferenceCase reference) {
    float[][] series = reference.series();
    float[] mask = reference.floats("mask"); // (N, steps)
    try (AttentionMaps maps = AttentionMaps.of(ClassActivationMapsTest.weights(reference))) {
      List<AttentionMap> found = maps.explain(series).toList();
      int steps = mask.length / series.length;
      for (int row = 0; row < series.length; row++) {
        for (int step = 0; step < steps; step++) {
          assertThat(found.get(row).masked()[step]).isEqualTo(mask[row * steps + step] == 0);
        }
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("withSqueezeAndExcite")
  void scalesAreThoseOfTheReference(ReferenceCase reference) {
    ModelWeights weights = ClassActivationMapsTest.weights(reference);
    List<ChannelScales> found = ChannelScales.of(weights, reference.series());

    assertThat(found).extracting(ChannelScales::block).containsExactly(1, 2);
    for (ChannelScales scales : found) {
      Numbers.assertClose(
          Numbers.flat(List.of(scales.scales())),
          reference.floats("se" + scales.block() + "_scale"),
          TOLERANCE);
    }
  }
}
