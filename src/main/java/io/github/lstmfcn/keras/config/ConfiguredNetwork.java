package io.github.lstmfcn.keras.config;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.keras.config.Signal.Recurrence;
import io.github.lstmfcn.keras.config.Signal.Stage;
import io.github.lstmfcn.model.AttentionScope;
import io.github.lstmfcn.model.ConvolutionBlock;
import io.github.lstmfcn.model.GateActivation;
import io.github.lstmfcn.model.Orientation;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The network that a configuration describes.
 *
 * @param layers the layers that have weights, by their place: {@code conv1}, {@code bn1}, {@code
 *     se1_reduce} and {@code se1_expand} for the first block, {@code subsampling}, {@code lstm},
 *     {@code dense}
 * @param variables the number of variables of a series; 0 if the configuration leaves it open
 * @param length the number of steps of a series; 0 if the configuration leaves it open
 * @param axesOpen whether variables and length may be the other way round, with the other
 *     orientation: without a convolution, nothing tells which axis is time
 * @param orientation the axis that the recurrent layer takes step by step; {@code OVER_VARIABLES}
 *     without one
 * @param masking whether the recurrent layer skips steps that are all zero
 * @param poolingFirst whether the dense layer's input has the convolutional branch before the
 *     recurrent one
 * @param gates the activation function of the recurrent layer's gates; that of the original without
 *     one
 * @param attention what the attention sums over, as far as the configuration says
 */
public record ConfiguredNetwork(
    Map<String, ConfiguredLayer> layers,
    int variables,
    int length,
    boolean axesOpen,
    Orientation orientation,
    boolean masking,
    boolean poolingFirst,
    GateActivation gates,
    AttentionScope attention) {

  /** The remedy where a file tells everything but the length of a series. */
  public static final String GIVE_LENGTH = "give --length, or length of LoadOptions";

  /** Copies the map. */
  public ConfiguredNetwork {
    layers = Map.copyOf(layers);
  }

  /**
   * Reads a configuration.
   *
   * @param majorVersion the major version of the Keras that wrote it; 0 if unknown
   * @throws InvalidInputException if it is not that of a network of the LSTM-FCN family, or
   *     computes something that is not supported; the message names the layer
   */
  public static ConfiguredNetwork parse(Path file, String json, int majorVersion) {
    ConfiguredModel model = ConfiguredModel.parse(file, json);
    boolean keras3 = majorVersion >= 3 || (majorVersion == 0 && model.isOfKeras3());
    model.all().forEach(layer -> checkGates(layer, keras3));
    Signal output = output(model);
    if (output.stage() == Stage.LOGITS) {
      throw output.layers().get("dense").refusal("activation softmax", "linear");
    }
    if (output.stage() != Stage.PROBABILITIES) {
      throw model.model().refusal("an output of class probabilities", output.toString());
    }
    ConfiguredLayer recurrent = output.layers().get("lstm");
    boolean acrossBatch =
        recurrent != null && recurrent.value("attention").text().equals("across-batch");
    boolean convolves =
        output.isSubsampled() || output.layers().containsKey(ConvolutionBlock.convolution(1));
    Recurrence recurrence = output.recurrence();
    return new ConfiguredNetwork(
        output.layers(),
        output.variables(),
        output.length(),
        !convolves && output.variables() > 1 && output.length() > 1,
        recurrence == null ? Orientation.OVER_VARIABLES : recurrence.orientation(),
        recurrence != null && recurrence.masked(),
        output.poolingFirst(),
        recurrent == null ? GateActivation.HARD_SIGMOID : checkGates(recurrent, keras3),
        acrossBatch ? AttentionScope.ACROSS_BATCH : AttentionScope.PER_SERIES);
  }

  /**
   * The output of a model. If its input has several variables, the convolutions tell which axis is
   * time; without them it is the first, as is usual in Keras.
   */
  private static Signal output(ConfiguredModel model) {
    try {
      return model.output(true);
    } catch (InvalidInputException stepsFirst) {
      try {
        return model.output(false);
      } catch (InvalidInputException variablesFirst) {
        boolean axis = stepsFirst.expected().equals(NetworkWiring.BEFORE_CONVOLUTION);
        throw axis ? variablesFirst : stepsFirst;
      }
    }
  }

  /**
   * The network for series of a length, where that decides which axis of the input is time.
   *
   * @throws InvalidInputException if the length is not known, or decides nothing
   */
  public ConfiguredNetwork of(OptionalInt given) {
    if (!axesOpen) {
      return this;
    }
    if (given.isEmpty() || variables == length) {
      ConfiguredLayer recurrent = layers.get("lstm");
      throw new InvalidInputException(
          recurrent.file(),
          recurrent.place(),
          "the length of a series, as either axis of an input of %s by %s may be time"
              .formatted(length, variables),
          given.isEmpty() ? "none" : "one that both have",
          given.isEmpty() ? GIVE_LENGTH : "save the model with an input of (None, variables)");
    }
    return given.getAsInt() == variables ? exchanged() : this;
  }

  private ConfiguredNetwork exchanged() {
    return new ConfiguredNetwork(
        layers,
        /* variables= */ length,
        /* length= */ variables,
        false,
        orientation == Orientation.OVER_STEPS ? Orientation.OVER_VARIABLES : Orientation.OVER_STEPS,
        masking,
        poolingFirst,
        gates,
        attention);
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
