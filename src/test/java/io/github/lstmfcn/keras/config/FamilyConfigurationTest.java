package io.github.lstmfcn.keras.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.model.Orientation;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Configurations of the whole family as Keras 2 writes them, a line per layer. */
class FamilyConfigurationTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** MLSTM-FCN of two blocks, the first with squeeze-and-excite. */
  private static final String PLAIN =
      """
      x     InputLayer              batch_input_shape=[null,3,20]
      mask  Masking   <x            mask_value=0.0
      lstm  LSTM      <mask         units=5 recurrent_activation=sigmoid
      drop  Dropout   <lstm         rate=0.8
      turn  Permute   <x            dims=[2,1]
      c1    Conv1D    <turn         filters=16 kernel_size=[8] strides=[1] padding=same
      b1    BatchNormalization <c1  epsilon=0.001
      a1    Activation <b1          activation=relu
      p1    GlobalAveragePooling1D <a1
      r1    Reshape   <p1           target_shape=[1,16]
      d1    Dense     <r1           units=2 activation=relu use_bias=false
      e1    Dense     <d1           units=16 activation=sigmoid use_bias=false
      m1    Multiply  <a1 <e1
      c2    Conv1D    <m1           filters=24 kernel_size=[4] strides=[1] padding=same
      b2    BatchNormalization <c2  epsilon=0.001
      a2    Activation <b2          activation=relu
      pool  GlobalAveragePooling1D <a2
      join  Concatenate <drop <pool axis=-1
      dense Dense     <join         units=4 activation=softmax
      """;

  /** The network with lines changed: each {@code name rest} replaces the line of its name. */
  private static ConfiguredNetwork parse(String... changes) {
    StringBuilder text = new StringBuilder();
    for (String line : PLAIN.lines().toList()) {
      String replaced = line;
      for (String change : changes) {
        replaced = name(change).equals(name(line)) ? change : replaced;
      }
      text.append(replaced).append('\n');
    }
    for (String change : changes) {
      text.append(PLAIN.lines().anyMatch(line -> name(line).equals(name(change))) ? "" : change);
      text.append('\n');
    }
    return ConfiguredNetwork.parse(Path.of("model.h5"), json(text.toString()), 2);
  }

  private static String name(String line) {
    return line.split(" ", 2)[0];
  }

  private static String json(String text) {
    ObjectNode root = JSON.createObjectNode().put("class_name", "Model");
    ObjectNode config = root.putObject("config").put("name", "model");
    ArrayNode layers = config.putArray("layers");
    for (String line : text.lines().filter(l -> !l.isBlank()).toList()) {
      String[] words = line.split(" +", -1);
      ObjectNode layer = layers.addObject().put("name", words[0]).put("class_name", words[1]);
      ObjectNode arguments = layer.putObject("config").put("name", words[0]);
      ArrayNode call = JSON.createArrayNode();
      for (int word = 2; word < words.length; word++) {
        if (words[word].startsWith("<")) {
          call.addArray().add(words[word].substring(1)).add(0).add(0);
        } else {
          String[] pair = words[word].split("=", 2);
          arguments.set(pair[0], value(pair[1]));
        }
      }
      ArrayNode nodes = layer.putArray("inbound_nodes");
      if (!call.isEmpty()) {
        nodes.add(call);
      }
    }
    config.putArray("input_layers").addArray().add("x").add(0).add(0);
    config.putArray("output_layers").addArray().add("dense").add(0).add(0);
    return root.toString();
  }

  private static com.fasterxml.jackson.databind.JsonNode value(String text) {
    try {
      return JSON.readTree(text);
    } catch (com.fasterxml.jackson.core.JsonProcessingException word) {
      return JSON.getNodeFactory().textNode(text);
    }
  }

  @Test
  void findsSqueezeAndExciteAndTheMask() {
    ConfiguredNetwork network = parse();

    assertThat(network.layers().keySet())
        .containsExactlyInAnyOrder(
            "conv1", "bn1", "se1_reduce", "se1_expand", "conv2", "bn2", "lstm", "dense");
    assertThat(network.layers().get("se1_expand").name()).isEqualTo("e1");
    assertThat(network.variables()).isEqualTo(3);
    assertThat(network.length()).isEqualTo(20);
    assertThat(network.orientation()).isEqualTo(Orientation.OVER_VARIABLES);
    assertThat(network.masking()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "m1 Multiply <e1 <a1",
        "r1 Reshape <p1 target_shape=[1,-1]",
        "r1 Dropout <p1",
        "p1 GlobalAveragePooling1D <a1 keepdims=true|r1 Dropout <p1",
        "r1 Dropout <p1|s1 Reshape <e1 target_shape=[1,16]|m1 Multiply <a1 <s1",
        "mask Masking <x mask_value=0",
        "lstm LSTM <noise units=5 recurrent_activation=sigmoid|noise GaussianNoise <mask stddev=1",
      })
  void readsTheSameNetworkInOtherWords(String changes) {
    assertThat(parse(changes.split("\\|", -1)).layers()).hasSize(8);
    assertThat(parse(changes.split("\\|", -1)).masking()).isTrue();
  }

  @Test
  void theAxisOfTimeIsThatOfTheConvolutions() {
    ConfiguredNetwork network =
        parse("x InputLayer batch_input_shape=[null,20,3]", "turn Dropout <x");

    assertThat(network.variables()).isEqualTo(3);
    assertThat(network.length()).isEqualTo(20);
    assertThat(network.orientation()).isEqualTo(Orientation.OVER_STEPS);
  }

  @ParameterizedTest
  @CsvSource({"true, OVER_VARIABLES", "false, OVER_STEPS"})
  void findsTheSubsamplingInFrontOfTheMask(boolean back, Orientation orientation) {
    ConfiguredNetwork network =
        parse(
            "t0 Permute <x dims=[2,1]",
            "s Conv1D <t0 filters=2 kernel_size=[8] strides=[3] padding=same activation=relu"
                + " use_bias=false",
            "t1 Permute <s dims=" + (back ? "[2,1]" : "[1,2]"),
            "mask Masking <t1 mask_value=0.0");

    assertThat(network.layers().get("subsampling").stride()).isEqualTo(3);
    assertThat(network.orientation()).isEqualTo(orientation);
    assertThat(network.masking()).isTrue();
    assertThat(network.length()).isEqualTo(20);
  }

  @Test
  void aNetworkMayHaveConvolutionsAlone() {
    assertThat(parse("join Dropout <pool").layers().keySet())
        .containsExactlyInAnyOrder(
            "conv1", "bn1", "se1_reduce", "se1_expand", "conv2", "bn2", "dense");
  }

  @Test
  void theLengthTellsTheAxesOfARecurrentLayerAlone() {
    ConfiguredNetwork network = parse("join Dropout <drop");

    assertThat(network.layers().keySet()).containsExactlyInAnyOrder("lstm", "dense");
    assertThatThrownBy(() -> network.of(OptionalInt.empty()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("either axis of an input of 3 by 20 may be time")
        .hasMessageContaining("--length");
    assertThat(network.of(OptionalInt.of(20)))
        .extracting(
            ConfiguredNetwork::variables, ConfiguredNetwork::length, ConfiguredNetwork::orientation)
        .containsExactly(3, 20, Orientation.OVER_VARIABLES);
    assertThat(network.of(OptionalInt.of(3)))
        .extracting(
            ConfiguredNetwork::variables, ConfiguredNetwork::length, ConfiguredNetwork::orientation)
        .containsExactly(20, 3, Orientation.OVER_STEPS);
  }

  @Test
  void noLengthTellsTheAxesOfASquare() {
    ConfiguredNetwork network =
        parse("x InputLayer batch_input_shape=[null,7,7]", "join Dropout <drop");

    assertThatThrownBy(() -> network.of(OptionalInt.of(7)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("save the model with an input of (None, variables)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "lstm GRU <mask units=5; layer lstm: expected a layer of LSTM-FCN or its variants, or one"
            + " without effect in inference, found GRU",
        "lstm Bidirectional <mask; layer lstm: expected a layer of LSTM-FCN or its variants",
        "mask Masking <x mask_value=-1.0; layer mask: expected mask_value 0, found -1",
        "turn Permute <mask dims=[2,1]; layer turn: expected a recurrent layer behind a mask",
        "c2 Conv1D <m1 filters=24 kernel_size=[4] strides=[2] padding=same; layer c2: expected"
            + " strides 1, found 2",
        "c2 Conv1D <m1 filters=24 kernel_size=[4] padding=same activation=relu use_bias=false;"
            + " layer c2: expected activation linear in a block, found relu",
        "d1 Dense <r1 units=2 activation=relu; layer d1: expected a Dense of squeeze-and-excite"
            + " without bias",
        "d1 Dense <r1 units=2 activation=tanh use_bias=false; layer d1: expected activation relu",
        "e1 Dense <d1 units=16 activation=softmax use_bias=false; layer e1: expected activation"
            + " sigmoid",
        "p1 GlobalAveragePooling1D <b1; layer p1: expected GlobalAveragePooling1D of a block's"
            + " output",
        "r1 Reshape <p1 target_shape=[16,1]; layer r1: expected target_shape (1, 16)",
        "m1 Multiply <e1 <e1; layer m1: expected a block's output and the factors",
        "m1 Multiply <b1 <e1; layer m1: expected a block's output and the factors",
        "m1 Multiply <a1 <r1; layer m1: expected a block's output and the factors",
        "m1 Multiply <a1 <e1 <e1; layer m1: expected a block's output and the factors",
        "pool GlobalAveragePooling1D <a2 keepdims=true; layer join: expected the recurrent",
        "turn Reshape <x target_shape=[20,3]; layer turn: expected Permute to exchange the axes",
        "lstm CuDNNLSTM <mask units=5; layer lstm: expected no mask before CuDNNLSTM",
        "lstm LSTM <m1 units=5 recurrent_activation=sigmoid; layer lstm: expected a LSTM after",
        "x InputLayer batch_input_shape=[null,3,20,1]; layer x: expected series, (variables, T)",
      })
  void refusesAnotherNetworkByName(String change, String message) {
    assertThatThrownBy(() -> parse(change))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("\n");
  }
}
