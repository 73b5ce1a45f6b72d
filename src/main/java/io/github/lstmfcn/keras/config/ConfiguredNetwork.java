package io.github.lstmfcn.keras.config;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.keras.config.Signal.Stage;
import io.github.lstmfcn.model.AttentionScope;
import io.github.lstmfcn.model.GateActivation;
import java.nio.file.Path;
import java.util.Map;

/**
 * The LSTM-FCN or ALSTM-FCN that a configuration describes.
 *
 * @param layers the layers that have weights, by their place: {@code conv1} to {@code conv3},
 *     {@code bn1} to {@code bn3}, {@code lstm}, {@code dense}
 * @param length the number of steps of a series; 0 if the configuration leaves it open
 * @param poolingFirst whether the dense layer's input has the convolutional branch before the
 *     recurrent one
 * @param gates the activation function of the recurrent layer's gates
 * @param attention what an ALSTM-FCN's attention sums over, as far as the configuration says
 */
public record ConfiguredNetwork(
    Map<String, ConfiguredLayer> layers,
    int length,
    boolean poolingFirst,
    GateActivation gates,
    AttentionScope attention) {

  /** Copies the map. */
  public ConfiguredNetwork {
    layers = Map.copyOf(layers);
  }

  /**
   * Reads a configuration.
   *
   * @param majorVersion the major version of the Keras that wrote it; 0 if unknown
   * @throws InvalidInputException if it is not that of an LSTM-FCN or ALSTM-FCN, or computes
   *     something that is not supported; the message names the layer
   */
  public static ConfiguredNetwork parse(Path file, String json, int majorVersion) {
    ConfiguredModel model = ConfiguredModel.parse(file, json);
    boolean keras3 = majorVersion >= 3 || (majorVersion == 0 && model.isOfKeras3());
    model.all().forEach(layer -> checkGates(layer, keras3));
    Signal output = model.output();
    if (output.stage() == Stage.LOGITS) {
      throw output.layers().get("dense").refusal("activation softmax", "linear");
    }
    if (output.stage() != Stage.PROBABILITIES) {
      throw model.model().refusal("an output of class probabilities", output.toString());
    }
    ConfiguredLayer recurrent = output.layers().get("lstm");
    boolean acrossBatch = recurrent.value("attention").text().equals("across-batch");
    return new ConfiguredNetwork(
        output.layers(),
        output.length(),
        output.poolingFirst(),
        checkGates(recurrent, keras3),
        acrossBatch ? AttentionScope.ACROSS_BATCH : AttentionScope.PER_SERIES);
  }

  /**
   * Checks the gates of a recurrent layer and returns their activation function; null for another
   * layer.
   */
  private static GateActivation checkGates(ConfiguredLayer layer, boolean keras3) {
    if (layer.kind().name().equals("CuDNNLSTM")) {
      return GateActivation.SIGMOID;
    }
    if (!layer.kind().name().equals("LSTM") && !layer.kind().name().equals("AttentionLSTM")) {
      return null;
    }
    String name = layer.value("recurrent_activation", "inner_activation").text();
    if (name.equals("hard_sigmoid") && keras3) {
      throw new InvalidInputException(
          layer.file(),
          layer.place(),
          "sigmoid gates",
          "hard_sigmoid of Keras 3, clip(x/6 + 0.5, 0, 1), which is not that of Keras 2",
          "train it with sigmoid");
    }
    return switch (name) {
      case "sigmoid" -> GateActivation.SIGMOID;
      case "hard_sigmoid" -> GateActivation.HARD_SIGMOID;
      default -> throw layer.refusal("recurrent_activation sigmoid or hard_sigmoid", name);
    };
  }
}
