package io.github.lstmfcn.keras.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.model.AttentionScope;
import io.github.lstmfcn.model.GateActivation;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.model.graph.RandomWeights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Configurations that a Keras wrote, with one thing changed. */
class ConfigurationTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path FILE = Path.of("model.keras");
  private static final Path CASES = Path.of("src", "test", "resources", "cases", "keras-files");

  /** Of Keras 3 and of tf.keras 2.15. */
  private static JsonNode root(boolean keras3) {
    Path archive =
        keras3
            ? Path.of("keras-weights", "keras3-lstmfcn-8-CBF", "model.keras")
            : CASES.resolve("fitted/tfkeras215-fitted.keras");
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      byte[] json = zip.getInputStream(zip.getEntry("config.json")).readAllBytes();
      return JSON.readTree(new String(json, UTF_8));
    } catch (IOException unreadable) {
      throw new AssertionError(unreadable);
    }
  }

  private static ObjectNode layer(JsonNode root, String name) {
    for (JsonNode layer : root.path("config").path("layers")) {
      if (layer.path("config").path("name").asText().equals(name)) {
        return (ObjectNode) layer;
      }
    }
    throw new AssertionError("no layer " + name);
  }

  private static ConfiguredNetwork parse(JsonNode root, boolean keras3) {
    return ConfiguredNetwork.parse(FILE, root.toString(), keras3 ? 3 : 2);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void findsEveryLayersPlaceByTheWiring(boolean keras3) {
    ConfiguredNetwork network = parse(root(keras3), keras3);

    assertThat(network.layers().keySet())
        .containsExactlyInAnyOrder("conv1", "bn1", "conv2", "bn2", "conv3", "bn3", "lstm", "dense");
    assertThat(network.layers().get("conv2").name()).isEqualTo("conv1d_1");
    assertThat(network.layers().get("bn3").name()).isEqualTo("batch_normalization_2");
    assertThat(network.gates()).isEqualTo(GateActivation.SIGMOID);
    assertThat(network.length()).isEqualTo(keras3 ? 128 : 24);
    assertThat(network.poolingFirst()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "conv1d|strides|[2]|expected strides 1, found 2",
        "conv1d_1|dilation_rate|2|expected dilation_rate 1, found 2",
        "conv1d_2|groups|4|expected groups 1, found 4",
        "conv1d|padding|'causal'|expected padding same, found causal",
        "conv1d|data_format|'channels_first'|expected data_format channels_last",
        "conv1d|activation|'relu'|expected activation linear, found relu",
        "conv1d_2|activation|'tanh'|expected activation linear, found tanh",
        "conv1d|kernel_size|[0]|expected kernel_size, a positive whole number, found 0",
        "conv1d_1|filters|0|expected filters, a positive whole number, found 0",
        "conv1d_1|filters|null|expected filters, a positive whole number, found none",
        "conv1d_1|lora_rank|4|expected no argument lora_rank, found 4",
        "conv1d_1|quantization_config|{'a': 1}|expected no argument quantization_config",
        "conv1d_1|something_new|'on'|expected no argument something_new, found on",
        "conv1d|dtype|'float16'|expected dtype float32, found float16",
        "conv1d|dtype|{'class_name': 'DTypePolicy', 'config': {'name': 'mixed_float16'}}"
            + "|expected dtype float32, found mixed_float16",
        "dense|dtype|{'class_name': 'QuantizedDTypePolicy', 'config': {'mode': 'int8'}}"
            + "|expected dtype float32, found QuantizedDTypePolicy",
        "batch_normalization|epsilon|1e-5|expected epsilon 0.001, found 0.00001",
        "batch_normalization|axis|1|expected axis -1, found 1",
        "batch_normalization|renorm|true|expected renorm false, found true",
        "batch_normalization|virtual_batch_size|4|expected virtual_batch_size none, found 4",
        "activation|activation|'tanh'|expected activation relu after a BatchNormalization's output",
        "activation|activation|'relu6'|found relu6",
        "activation|activation|{'class_name': 'function', 'config': 'relu', 'module': 'mine'}"
            + "|found a function relu",
        "lstm|activation|'relu'|expected activation tanh, found relu",
        "lstm|recurrent_activation|'tanh'|expected recurrent_activation sigmoid or hard_sigmoid",
        "lstm|return_sequences|true|expected return_sequences false, found true",
        "lstm|return_state|true|expected return_state false, found true",
        "lstm|go_backwards|true|expected go_backwards false, found true",
        "lstm|stateful|true|expected stateful false, found true",
        "lstm|time_major|true|expected time_major false, found true",
        "concatenate|axis|0|expected axis -1, found 0",
        "dense|activation|'sigmoid'|expected activation softmax, found sigmoid",
        "dense|activation|'linear'|expected activation softmax, found linear",
        "permute|dims|[1, 1]|expected dims [2, 1], found [1, 1]",
        "permute|dims|[1, 2]|expected a Conv1D over the series step by step",
      })
  void refusesAnArgumentWithAnEffect(String name, String key, String value, String message)
      throws JsonProcessingException {
    for (boolean keras3 : new boolean[] {true, false}) {
      JsonNode root = root(keras3);
      JsonNode changed = JSON.readTree(value.replace('\'', '"'));
      ((ObjectNode) layer(root, name).path("config")).set(key, changed);
      String refused = message.contains("over the series") ? "conv1d" : name;

      assertThatThrownBy(() -> parse(root, keras3))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("layer " + refused + ": ")
          .hasMessageContaining(message);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "conv1d|strides|1",
        "conv1d|activation|null",
        "conv1d|kernel_regularizer|{'class_name': 'L2', 'config': {'l2': 0.01}}",
        "conv1d|bias_constraint|{'class_name': 'MaxNorm', 'config': {}}",
        "conv1d|trainable|false",
        "conv1d|use_bias|false",
        "conv1d|dtype|'float64'",
        "conv1d|something_new|null",
        "conv1d|something_new|false",
        "conv1d|something_new|[]",
        "batch_normalization|momentum|0.5",
        "batch_normalization|synchronized|true",
        "batch_normalization|scale|false",
        "batch_normalization|axis|[2]",
        "lstm|unroll|true",
        "lstm|dropout|0.5",
        "lstm|implementation|1",
        "lstm|unit_forget_bias|false",
        "dropout|rate|0.1",
        "concatenate|axis|1",
      })
  void passesAnArgumentWithoutOne(String name, String key, String value)
      throws JsonProcessingException {
    for (boolean keras3 : new boolean[] {true, false}) {
      JsonNode root = root(keras3);
      JsonNode changed = JSON.readTree(value.replace('\'', '"'));
      ((ObjectNode) layer(root, name).path("config")).set(key, changed);

      assertThat(parse(root, keras3).layers()).hasSize(8);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "dropout|Dropout|GaussianNoise|",
        "dropout|Dropout|AlphaDropout|",
        "dropout|Dropout|RepeatVector|found RepeatVector",
        "dropout|Dropout|Lambda|found Lambda",
        "dropout|Dropout|package>Dropout|found Dropout, a class that is not Keras' own",
        "activation|Activation|LeakyReLU|found LeakyReLU",
        "global_average_pooling1d|GlobalAveragePooling1D|GlobalMaxPooling1D|found GlobalMax",
        "concatenate|Concatenate|Add|found Add",
        "lstm|LSTM|GRU|found GRU",
        "lstm|LSTM|Custom>LSTM|found LSTM, a class that is not Keras' own",
        "conv1d|Conv1D|SeparableConv1D|found SeparableConv1D",
      })
  void knowsAClassByItsName(String name, String before, String kind, String message) {
    for (boolean keras3 : new boolean[] {true, false}) {
      JsonNode root = root(keras3);
      ObjectNode layer = layer(root, name);
      assertThat(layer.path("class_name").asText()).isEqualTo(before);
      layer.put("class_name", kind);

      if (message == null) {
        assertThat(parse(root, keras3).layers()).hasSize(8);
      } else {
        assertThatThrownBy(() -> parse(root, keras3))
            .hasMessageContaining("layer " + name + ": expected a layer of LSTM-FCN")
            .hasMessageContaining(message);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"my_layers,", "keras.layers,mine>LSTM"})
  void isNotFooledByAClassCalledAsKeras(String module, String registered) {
    JsonNode root = root(true);
    layer(root, "lstm").put("module", module).put("registered_name", registered);

    assertThatThrownBy(() -> parse(root, true))
        .hasMessageContaining("layer lstm: ")
        .hasMessageContaining("found LSTM, a class that is not Keras' own");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "lstm|activation|layer lstm: expected a LSTM after the series as one step, (1, T), or step",
        "conv1d_1|conv1d|layer conv1d_1: expected a Conv1D over the series step by step",
        "batch_normalization_1|activation|layer batch_normalization_1: expected a Batch",
        "activation_1|conv1d_1|layer activation_1: expected no activation after a Conv1D's output",
        "activation_1|activation_1|layer activation_1: expected a path from the input",
        "global_average_pooling1d|conv1d_1|layer global_average_pooling1d: expected Global",
        "dense|activation_2|layer dense: expected one Dense layer, after both branches are joined",
        "dense|nowhere|expected outputs of the model's layers",
      })
  void followsTheWiring(String name, String input, String message) {
    for (boolean keras3 : new boolean[] {true, false}) {
      JsonNode root = root(keras3);
      rewire(layer(root, name).path("inbound_nodes").path(0), input);

      assertThatThrownBy(() -> parse(root, keras3))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining(message);
    }
  }

  private static void rewire(JsonNode call, String input) {
    JsonNode first = call.isArray() ? call.get(0) : call.at("/args/0/config/keras_history");
    ((ArrayNode) first).set(0, input);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void seesACallInTrainingMode(boolean keras3) {
    JsonNode root = root(keras3);
    JsonNode call = layer(root, "batch_normalization").path("inbound_nodes").path(0);
    JsonNode arguments = call.isArray() ? call.get(0).get(3) : call.path("kwargs");
    ((ObjectNode) arguments).put("training", true);

    assertThatThrownBy(() -> parse(root, keras3))
        .hasMessageContaining("layer batch_normalization: expected no call with training");
  }

  @Test
  void seesSeveralOutputs() {
    JsonNode root = root(false);
    ((ArrayNode) root.path("config").path("output_layers"))
        .add(JSON.createArrayNode().add("lstm").add(0).add(0));

    assertThatThrownBy(() -> parse(root, false))
        .hasMessageContaining("layer model: expected one of output_layers, found 2");
  }

  @Test
  void hardSigmoidIsThatOfItsKeras() {
    JsonNode root = root(true);
    ((ObjectNode) layer(root, "lstm").path("config")).put("recurrent_activation", "hard_sigmoid");

    assertThat(parse(root, false).gates()).isEqualTo(GateActivation.HARD_SIGMOID);
    assertThatThrownBy(() -> parse(root, true)).hasMessageContaining("expected sigmoid gates");
    assertThatThrownBy(() -> ConfiguredNetwork.parse(FILE, root.toString(), 0))
        .as("a file that does not say its Keras, in the form of Keras 3")
        .hasMessageContaining("expected sigmoid gates");
  }

  @ParameterizedTest
  @CsvSource({"AttentionLSTM", "Custom>AttentionLSTM", "package>AttentionLSTM"})
  void anAttentionLstmIsOneUnderAnyPackage(String name) {
    var spec = RandomWeights.small(ModelKind.ALSTM_FCN, 3, 9, 2).spec();
    String json = KerasConfigFixture.of(spec, "sigmoid", name, "alstm");

    ConfiguredNetwork network = ConfiguredNetwork.parse(FILE, json, 2);

    assertThat(network.layers().get("lstm").name()).isEqualTo("alstm");
    assertThat(network.gates()).isEqualTo(GateActivation.SIGMOID);
    assertThat(network.attention()).isEqualTo(AttentionScope.PER_SERIES);
  }
}
