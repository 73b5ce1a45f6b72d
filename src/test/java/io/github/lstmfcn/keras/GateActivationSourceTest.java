package io.github.lstmfcn.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.keras.config.KerasConfigFixture;
import io.github.lstmfcn.model.AttentionScope;
import io.github.lstmfcn.model.GateActivation;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.graph.RandomWeights;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the gates' activation and the attention's scope are concluded from. */
class GateActivationSourceTest {
  private static final ModelWeights LSTM = RandomWeights.small(ModelKind.LSTM_FCN, 3, 9, 2);
  private static final ModelWeights ATTENTION = RandomWeights.small(ModelKind.ALSTM_FCN, 3, 9, 2);

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    ",HARD_SIGMOID,assumed: the original's default",
    "1.2.2,HARD_SIGMOID,the default of Keras 1.2.2",
    "2.0.8,HARD_SIGMOID,the default of Keras 2.0.8",
    "2.1.6-tf,HARD_SIGMOID,the default of Keras 2.1.6-tf",
    "2.2.4,HARD_SIGMOID,the default of Keras 2.2.4",
    "2.2.5,HARD_SIGMOID,the default of Keras 2.2.5",
    "2.2.4-tf,HARD_SIGMOID,assumed: the original's default",
    "2.3.0,SIGMOID,the default of Keras 2.3.0",
    "2.3.0-tf,SIGMOID,the default of Keras 2.3.0-tf",
    "2.4.0,SIGMOID,the default of Keras 2.4.0",
    "2.15.0,SIGMOID,the default of Keras 2.15.0",
    "3.6.0,SIGMOID,the default of Keras 3.6.0",
    "unheard of,HARD_SIGMOID,assumed: the original's default",
  })
  void theVersionDecidesWhereThereIsNoConfiguration(
      String version, GateActivation gates, String source) {
    KerasFile read =
        KerasWeights.read(
            KerasFileFixture.keras2(LSTM).version(version).write(folder.resolve("w.h5")));

    assertThat(read.weights().spec().gateActivation()).isEqualTo(gates);
    assertThat(read.gateSource()).isEqualTo(source);
    assertThat(read.assumptions(null, null)).anyMatch(note -> note.contains("--gates"));
    assertThat(read.assumptions(gates, null)).noneMatch(note -> note.contains("--gates"));
  }

  @ParameterizedTest
  @CsvSource({
    "2.0.8,sigmoid,SIGMOID",
    "2.0.8,hard_sigmoid,HARD_SIGMOID",
    "2.4.0,hard_sigmoid,HARD_SIGMOID",
    "3.6.0,sigmoid,SIGMOID",
    ",sigmoid,SIGMOID",
  })
  void theConfigurationOutweighsTheVersion(
      String version, String configured, GateActivation gates) {
    KerasFile read = readModel(version, KerasConfigFixture.keras2(LSTM.spec(), configured));

    assertThat(read.weights().spec().gateActivation()).isEqualTo(gates);
    assertThat(read.gateSource()).isEqualTo("the model's configuration");
  }

  @Test
  void theCuDnnLayerOfAConfigurationHasSigmoidGates() {
    KerasFile read =
        readModel("2.2.4", KerasConfigFixture.of(LSTM.spec(), "", "CuDNNLSTM", "lstm_1"));

    assertThat(read.weights().spec().gateActivation()).isEqualTo(GateActivation.SIGMOID);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2.4.0|{'class_name': 'LSTM', 'config': {'name': 'l', 'recurrent_activation': 'relu'}}"
            + "|layer l: expected recurrent_activation sigmoid or hard_sigmoid, found relu",
        "2.4.0|{'class_name': 'LSTM', 'config': {'name': 'l', 'activation': 'relu'}}"
            + "|layer l: expected activation tanh, found relu",
        "3.6.0|{'class_name': 'LSTM', 'config': {'name': 'l', 'recurrent_activation':"
            + " 'hard_sigmoid'}}|layer l: expected sigmoid gates, found hard_sigmoid of Keras 3",
        "2.4.0|{'class_name': 'Conv1D', 'config': {'name': 'c', 'padding': 'causal'}}"
            + "|layer c: expected padding same, found causal",
        "2.4.0|{'class_name': 'Conv1D', 'config': {'name': 'c', 'activation': 'relu'}}"
            + "|layer c: expected activation linear, found relu",
        "1.2.2|{'class_name': 'Convolution1D', 'config': {'name': 'c', 'border_mode': 'valid'}}"
            + "|layer c: expected border_mode same, found valid",
        "2.4.0|{'class_name': 'BatchNormalization', 'config': {'name': 'b', 'epsilon': 1e-5}}"
            + "|layer b: expected epsilon 0.001, found 0.00001",
        "2.4.0|{oops|model configuration: expected JSON",
      })
  void refusesAConfigurationOfAnotherNetwork(String version, String layer, String message) {
    assertThatThrownBy(() -> read(version, layer.replace('\'', '"')))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("w.h5: " + message)
        .hasMessageNotContaining("\n");
  }

  private KerasFile read(String version, String layer) {
    return readModel(
        version, "{\"class_name\": \"Model\", \"config\": {\"layers\": [" + layer + "]}}");
  }

  private KerasFile readModel(String version, String config) {
    return KerasWeights.read(
        KerasFileFixture.keras2(LSTM)
            .version(version)
            .config(config)
            .write(folder.resolve("w.h5")));
  }

  @ParameterizedTest
  @CsvSource({"2.0.8,false", "1.2.2,false", "2.1.0,true", "2.2.5,true", ",true", "unheard of,true"})
  void theAttentionsScopeIsOpenSinceKeras21(String version, boolean open) {
    KerasFile read =
        KerasWeights.read(
            KerasFileFixture.keras2(ATTENTION).version(version).write(folder.resolve("w.h5")));

    assertThat(read.attentionIsOpen()).isEqualTo(open);
    assertThat(read.assumptions(null, null).stream().anyMatch(note -> note.contains("--attention")))
        .isEqualTo(open);
    assertThat(read.weights().spec().attentionScope()).isEqualTo(AttentionScope.PER_SERIES);
    assertThat(read.weights().spec().gateActivation()).isEqualTo(GateActivation.HARD_SIGMOID);
    assertThat(read.gateSource()).startsWith("assumed: the original AttentionLSTM's default");
  }

  @Test
  void choicesAreTheUsersWhereTheFileLeavesThemOpen() {
    KerasFile attention =
        KerasWeights.read(KerasFileFixture.keras2(ATTENTION).write(folder.resolve("a.h5")));
    KerasFile lstm = KerasWeights.read(KerasFileFixture.keras2(LSTM).write(folder.resolve("l.h5")));

    ModelWeights chosen = attention.weights(GateActivation.SIGMOID, AttentionScope.ACROSS_BATCH);
    assertThat(chosen.spec().gateActivation()).isEqualTo(GateActivation.SIGMOID);
    assertThat(chosen.spec().dependsOnBatch()).isTrue();
    assertThat(attention.weights(null, null)).isEqualTo(attention.weights());
    assertThatThrownBy(() -> lstm.weights(null, AttentionScope.ACROSS_BATCH))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("l.h5: attention: expected an ALSTM-FCN, found an LSTM-FCN");
  }
}
