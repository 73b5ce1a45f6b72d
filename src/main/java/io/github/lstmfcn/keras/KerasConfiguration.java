package io.github.lstmfcn.keras;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.lstmfcn.data.InvalidInputException;
import io.github.lstmfcn.model.GateActivation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A model's configuration in JSON, as far as the weights leave a question open. */
record KerasConfiguration(Path file, JsonNode root) {

  static KerasConfiguration parse(Path file, String json) {
    try {
      return new KerasConfiguration(file, new ObjectMapper().readTree(json));
    } catch (JsonProcessingException notJson) {
      throw new InvalidInputException(
          file,
          "model configuration",
          "JSON",
          notJson.getOriginalMessage(),
          "the file is damaged",
          notJson);
    }
  }

  /**
   * The gates of its recurrent layer, after checks that the layers compute what this program does.
   *
   * @param majorVersion of the Keras that wrote it
   */
  Optional<GateActivation> gateActivation(int majorVersion) {
    Optional<GateActivation> gates = Optional.empty();
    for (JsonNode layer : layers()) {
      String kind = layer.path("class_name").asText();
      JsonNode config = layer.path("config");
      String place = "layer " + config.path("name").asText(layer.path("name").asText());
      switch (kind) {
        case "LSTM", "AttentionLSTM" -> {
          expect(place, "activation", "tanh", config);
          gates = Optional.of(gates(place, config, majorVersion));
        }
        case "CuDNNLSTM" -> gates = Optional.of(GateActivation.SIGMOID);
        case "Conv1D" -> {
          expect(place, "padding", "same", config);
          expect(place, "activation", "linear", config);
        }
        case "Convolution1D" -> { // of Keras 1
          expect(place, "border_mode", "same", config);
          expect(place, "activation", "linear", config);
        }
        case "BatchNormalization" -> {
          double epsilon = config.path("epsilon").asDouble(1e-3);
          if (Math.abs(epsilon - 1e-3) > 1e-9) {
            throw new InvalidInputException(file, place, "epsilon 0.001", "" + epsilon, "");
          }
        }
        default -> {}
      }
    }
    return gates;
  }

  private GateActivation gates(String place, JsonNode config, int majorVersion) {
    // Keras 1 called it otherwise.
    String keras1Name = config.path("inner_activation").asText("");
    String name = config.path("recurrent_activation").asText(keras1Name);
    if (name.equals("sigmoid")) {
      return GateActivation.SIGMOID;
    }
    if (name.equals("hard_sigmoid") && majorVersion >= 3) {
      throw new InvalidInputException(
          file,
          place,
          "sigmoid gates",
          "hard_sigmoid of Keras 3, clip(x/6 + 0.5, 0, 1), which is not that of Keras 2",
          "train it with sigmoid");
    }
    if (name.equals("hard_sigmoid")) {
      return GateActivation.HARD_SIGMOID;
    }
    throw new InvalidInputException(
        file,
        place,
        "recurrent_activation sigmoid or hard_sigmoid",
        name.isEmpty() ? "none" : name,
        "");
  }

  private void expect(String place, String key, String expected, JsonNode config) {
    String found = config.path(key).asText(expected);
    if (!found.equals(expected)) {
      throw new InvalidInputException(
          file, place, key + " " + expected, found, "another network than LSTM-FCN");
    }
  }

  private List<JsonNode> layers() {
    List<JsonNode> layers = new ArrayList<>();
    root.path("config").path("layers").forEach(layers::add);
    return layers;
  }
}
