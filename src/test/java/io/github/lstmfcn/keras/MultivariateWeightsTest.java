package io.github.lstmfcn.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.model.AttentionScope;
import io.github.lstmfcn.model.ConvolutionBlock;
import io.github.lstmfcn.model.ModelMetadata;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.Orientation;
import io.github.lstmfcn.model.Subsampling;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The weight files of the multivariate original. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
@Tag("real-data")
class MultivariateWeightsTest {
  @TempDir Path folder;

  static Stream<ReferenceCase> cases() {
    return ReferenceCase.all().filter(reference -> fact(reference, "variables") > 1);
  }

  static Stream<ReferenceCase> subsampled() {
    return cases().filter(MultivariateWeightsTest::isSubsampled);
  }

  static Stream<ReferenceCase> withAttention() {
    return cases().filter(reference -> kind(reference).contains("alstm"));
  }

  private static int fact(ReferenceCase reference, String name) {
    return reference.facts().path(name).intValue();
  }

  private static String name(ReferenceCase reference) {
    return reference.reference().getFileName().toString();
  }

  /** The network in the original's words: {@code malstmfcn}. */
  private static String kind(ReferenceCase reference) {
    return name(reference).split("-", -1)[1];
  }

  private static boolean isSubsampled(ReferenceCase reference) {
    return reference.facts().has("subsample_stride");
  }

  /** The length, where the weights do not tell it. */
  private static OptionalInt length(ReferenceCase reference) {
    return isSubsampled(reference)
        ? OptionalInt.of(fact(reference, "length"))
        : OptionalInt.empty();
  }

  private static ModelWeights read(ReferenceCase reference) {
    return KerasWeights.read(reference.weights(), length(reference)).weights();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void isOfTheNetworkThatWasTrained(ReferenceCase reference) {
    ModelSpec spec = read(reference).spec();

    assertThat(spec.kind().toString().replace("-", "").toLowerCase(Locale.ROOT))
        .isEqualTo(kind(reference));
    assertThat(spec.variables()).isEqualTo(fact(reference, "variables"));
    assertThat(spec.length()).isEqualTo(fact(reference, "length"));
    assertThat(spec.classes()).isEqualTo(fact(reference, "classes"));
    assertThat(spec.cells()).isEqualTo(fact(reference, "cells"));
    assertThat(spec.blocks())
        .isEqualTo(
            spec.kind().hasSqueezeAndExcite()
                ? ConvolutionBlock.OF_THE_MULTIVARIATE_PAPER
                : ConvolutionBlock.OF_THE_PAPERS);
    assertThat(spec.recurrent().masking()).isTrue();
    assertThat(spec.recurrent().orientation())
        .isEqualTo(
            name(reference).endsWith("-activity")
                ? Orientation.OVER_STEPS
                : Orientation.OVER_VARIABLES);
    assertThat(spec.recurrent().subsampling())
        .isEqualTo(
            isSubsampled(reference)
                ? Subsampling.ofTheOriginal(spec.variables(), fact(reference, "subsample_stride"))
                : null);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void everyBitComesBack(ReferenceCase reference) {
    ModelWeights weights = read(reference);
    Path plain = folder.resolve("plain.h5");
    Path described = folder.resolve("described.h5");

    KerasWeights.write(weights, plain);
    KerasWeights.write(weights, ModelMetadata.of(weights.spec()), described);

    assertSame(KerasWeights.read(plain, length(reference)).weights(), weights);
    assertSame(KerasWeights.read(described).weights(), weights);
    assertThat(KerasWeights.read(described).inputAssumptions()).isEmpty();
  }

  private static void assertSame(ModelWeights found, ModelWeights expected) {
    assertThat(found.spec()).isEqualTo(expected.spec());
    expected
        .arrays()
        .forEach(
            (name, array) ->
                assertThat(found.arrays().get(name).values()).as(name).isEqualTo(array.values()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void writesTheLayersThatTheOriginalListed(ReferenceCase reference) {
    assumeTrue(name(reference).startsWith("2018-"));

    assertThat(OriginalLayers.of(read(reference).spec()).keySet())
        .extracting(name -> name.replaceFirst("(permute|conv1d)_\\d+", "$1"))
        .containsExactlyElementsOf(
            reference
                .facts()
                .path("layers")
                .valueStream()
                .map(name -> name.asText().replaceFirst("(permute|conv1d)_\\d+", "$1"))
                .toList());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("subsampled")
  void asksForTheLengthThatSubsamplingLeavesOpen(ReferenceCase reference) {
    assertThatThrownBy(() -> KerasWeights.read(reference.weights()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll(reference.weights().toString(), "--length", "LoadOptions")
        .hasMessageNotContaining("\n");
    assertThat(KerasWeights.read(reference.weights(), length(reference)).inputAssumptions())
        .singleElement()
        .asString()
        .contains("stride");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void refusesAnotherLengthThanTheFiles(ReferenceCase reference) {
    assumeTrue(!name(reference).endsWith("-activity"), "its weights fit every length");

    assertThatThrownBy(() -> KerasWeights.read(reference.weights(), OptionalInt.of(1000)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(": length: expected")
        .hasMessageContaining("found 1000");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("withAttention")
  void attentionIsPerSeriesAlways(ReferenceCase reference) {
    KerasFile file = KerasWeights.read(reference.weights(), length(reference));

    assertThat(file.attentionIsOpen()).isFalse();
    assertThatThrownBy(() -> file.weights(null, AttentionScope.ACROSS_BATCH))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("attention: expected a univariate ALSTM-FCN")
        .hasMessageNotContaining("\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mlstmfcn", "malstmfcn"})
  void readsTheWeightsOfTrainings(String kind) {
    Path weights = Path.of("testdata", "training", "multivariate", kind + "-2018-initial.h5");
    ModelSpec spec = KerasWeights.read(weights).weights().spec();

    assertThat(List.of(spec.variables(), spec.length(), spec.classes(), spec.cells()))
        .containsExactly(12, 26, 9, 8);
    assertThat(spec.kind().hasSqueezeAndExcite()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "abedshantti-walk_vs_run__weights.h5, 62, 1918, 2",
    "st-deephar-har_weights.h5, 9, 128, 6",
  })
  void readsFilesOfOthersWithoutAnOption(String name, int variables, int length, int classes) {
    KerasFile file = KerasWeights.read(thirdParty(name));
    ModelSpec spec = file.weights().spec();

    assertThat(spec)
        .hasToString(
            "MALSTM-FCN, %s variables, 8 cells, length %s, %s classes, hard_sigmoid gates, per-series attention"
                .formatted(variables, length, classes));
    assertThat(spec.recurrent().masking()).isTrue();
    assertThat(file.inputAssumptions()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"abedshantti-ozone_weights.h5, layer repeat_vector: expected a layer of LSTM-FCN"})
  void refusesAnotherGraphByName(String name, String message) {
    Path file = thirdParty(name);

    assertThatThrownBy(() -> KerasWeights.read(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("\n");
  }

  private static Path thirdParty(String name) {
    String shared = System.getProperty("lstmfcn.shared");
    assumeTrue(shared != null && !shared.isEmpty(), "needs files that are not shipped");
    return Path.of(shared, "third-party", name);
  }
}
