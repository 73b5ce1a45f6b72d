package io.github.lstmfcn.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lstmfcn.data.LabelEncoding;
import io.github.lstmfcn.data.Normalization;
import io.github.lstmfcn.data.Preparation;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.files.Program;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ModelMetadataTest {
  private static final ModelSpec SPEC =
      new ModelSpec(
          ModelKind.ALSTM_FCN, 8, 24, 3, GateActivation.SIGMOID, AttentionScope.ACROSS_BATCH);

  private static ModelMetadata of(Normalization normalization) {
    boolean scaled = normalization.needsTrain();
    return new ModelMetadata(
        SPEC,
        new Preparation(
            1,
            24,
            false,
            normalization,
            scaled ? List.of(0.1 + 0.2) : List.of(),
            scaled ? List.of(1 / 3.0) : List.of()),
        LabelEncoding.UPSTREAM,
        List.of("1|2", "", "ü\n\"3\""),
        Map.of("dataset", "CBF", "epoch", "17"));
  }

  private static ModelMetadata parse(String json) {
    return ModelMetadata.parse(Path.of("w.h5"), "attribute lstmfcn", json);
  }

  @ParameterizedTest
  @EnumSource(Normalization.class)
  void itsJsonSaysAllOfItOnOneLineOfAscii(Normalization normalization) {
    ModelMetadata metadata = of(normalization);

    String json = metadata.json();

    assertThat(json).matches("\\p{ASCII}+").doesNotContain("\n");
    ModelMetadata read = parse(json);
    assertThat(read.spec()).isEqualTo(SPEC);
    assertThat(read.labels()).isEqualTo(metadata.labels());
    assertThat(read.labelEncoding()).isEqualTo(LabelEncoding.UPSTREAM);
    assertThat(read.provenance()).isEqualTo(metadata.provenance());
    assertThat(read.preparation()).isEqualTo(metadata.preparation());
  }

  static Stream<ModelSpec> family() {
    ModelSpec multivariate =
        ModelSpec.of(ModelKind.MALSTM_FCN, 12, 26, 9, 8, GateActivation.HARD_SIGMOID);
    RecurrentBranch branch = multivariate.recurrent();
    return Stream.of(
        multivariate,
        multivariate.with(branch.with(new Subsampling(4, 8, 3)).with(Orientation.OVER_STEPS)),
        multivariate.with(branch.withMasking(false)).with(ConvolutionBlock.OF_THE_PAPERS),
        ModelSpec.of(ModelKind.FCN, 1, 24, 3, 0, GateActivation.SIGMOID),
        ModelSpec.of(ModelKind.LSTM, 3, 24, 3, 5, GateActivation.SIGMOID));
  }

  @ParameterizedTest
  @MethodSource("family")
  void everyNetworkOfTheFamilyIsReadAsItWasWritten(ModelSpec spec) {
    assertThat(parse(ModelMetadata.of(spec).json()).spec()).isEqualTo(spec);
  }

  @Test
  void oneScalePerVariableIsAnArray() {
    Preparation preparation =
        new Preparation(2, 24, false, Normalization.TRAIN, List.of(0.5, -1.0), List.of(2.0, 0.25));
    ModelSpec spec = ModelSpec.of(ModelKind.MLSTM_FCN, 2, 24, 3, 8, GateActivation.SIGMOID);
    ModelMetadata metadata =
        new ModelMetadata(spec, preparation, LabelEncoding.SORTED, List.of(), Map.of());

    assertThat(metadata.json())
        .contains(
            "\"preparation\":{\"normalization\":\"train\",\"mean\":[0.5,-1.0],\"std\":[2.0,0.25]}");
    assertThat(of(Normalization.TRAIN).json()).contains("\"mean\":0.30000000000000004,\"std\":");
    assertThat(parse(metadata.json()).preparation()).isEqualTo(preparation);
    assertThatThrownBy(() -> parse(metadata.json().replace("[0.5,-1.0]", "[0.5]")))
        .hasMessageContaining("preparation: expected mean and std of TRAIN");
  }

  @Test
  void whatIsNotKnownIsNotClaimed() {
    ModelMetadata read = parse(ModelMetadata.of(SPEC).json());

    assertThat(read.preparation()).isNull();
    assertThat(read.labels()).isEmpty();
    assertThat(read.classNames()).containsExactly("0", "1", "2");
    assertThat(of(Normalization.NONE).classNames()).containsExactly("1|2", "class 1", "ü\n\"3\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "\"format\":1;\"format\":2;expected format 1, found 2",
        "\"format\":1,;;expected format 1, found none",
        "\"gates\":\"sigmoid\";\"gates\":\"relu\";model.recurrent.gates: expected one of [hard_sigmoid, sigmoid]",
        "\"gates\":\"sigmoid\",;;model.recurrent.gates: expected one of [hard_sigmoid, sigmoid], found none",
        "\"cells\":8;\"cells\":0;model: expected a valid network",
        "\"cells\":8;\"cells\":8,\"depth\":4;model.recurrent.depth: expected no such field",
        "[128,8,0];[128,8];model.blocks: expected three whole numbers, found [128,8]",
        "[128,8,0];[0,8,0];model: expected a valid network",
        "[[128,8,0],[256,5,0],[128,3,0]];3;model.blocks: expected a list of convolution blocks, found 3",
        "\"variables\":1;\"variables\":2;model: expected a valid network, found attention across the batch",
        "\"masking\":false;\"masking\":0;model.recurrent.masking: expected true or false, found 0",
        "\"subsampling\":null;\"subsampling\":2;model.recurrent.subsampling: expected three whole numbers, found 2",
        "\"normalization\":\"train\";\"normalization\":\"robust\";preparation.normalization: expected",
        "\"std\":;\"deviation\":;preparation.deviation: expected no such field",
        "\"\";\"1|2\";labels.names: expected different names",
        "\"format\":1;\"format\":\"1\";expected format 1",
        "\"train\";\"sample\";preparation: expected mean and std with TRAIN only",
        "\"mean\":0.30000000000000004;\"mean\":true;preparation: expected mean and std of TRAIN",
        "\"1|2\",;;labels.names: expected 3, one per class, found 2",
        "\"labels\":;\"names\":;names: expected no such field",
        "\"cells\":8;\"cells\":8.5;model.recurrent.cells: expected a whole number, found 8.5",
        "\"cells\":8,;;model.recurrent.cells: expected a whole number, found none",
        "\"CBF\";3;provenance.dataset: expected text, found 3",
      })
  void whatIsMissingOrUnknownIsRefusedByName(String from, String to, String message) {
    String json = of(Normalization.TRAIN).json();
    assertThat(json).contains(from);

    assertThatThrownBy(() -> parse(json.replace(from, to == null ? "" : to)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("w.h5: attribute lstmfcn")
        .hasMessageContaining(message)
        .hasMessageNotContaining("\n");
  }

  @Test
  void whatIsNotSaidIsNotTakenForUnknown() {
    String json = ModelMetadata.of(SPEC).json();

    for (String field : List.of("preparation", "labels")) {
      assertThatThrownBy(() -> parse(json.replace("\"" + field + "\":null,", "")))
          .hasMessageContaining(field + ": expected a JSON object, found none");
    }
  }

  @Test
  void theVersionThatWroteItIsSaidWhereItIsAnother() {
    String json = of(Normalization.NONE).json().replace(Program.version(), "0.0.9");

    assertThat(parse(json).spec()).isEqualTo(SPEC);
    assertThatThrownBy(() -> parse(json.replace("\"cells\":8,", "")))
        .hasMessageStartingWith(
            "w.h5: attribute lstmfcn: written by 0.0.9, this is "
                + Program.version()
                + ": model.recurrent.cells: expected a whole number, found none");
  }

  @Test
  void damageIsRefused() {
    String json = of(Normalization.TRAIN).json();

    for (int length = 0; length < json.length(); length++) {
      String cut = json.substring(0, length);
      assertThatThrownBy(() -> parse(cut)).isInstanceOf(InvalidInputException.class);
    }
  }
}
