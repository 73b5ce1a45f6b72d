package io.github.lstmfcn.keras.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.lstmfcn.error.InvalidInputException;
import java.nio.file.Path;
import java.util.List;

/**
 * A layer of a model's configuration; it may itself be a model.
 *
 * @param file the file, for messages
 * @param name the name of the layer
 * @param kind the class of the layer
 * @param config the arguments of its constructor
 * @param path where the weight file has the layer, from the layers of the outermost model down
 */
public record ConfiguredLayer(
    Path file, String name, ClassName kind, JsonNode config, List<PathStep> path) {

  /**
   * The position of a layer among the layers of a model.
   *
   * @param name the name of the layer
   * @param stem the name that Keras 3 gives groups of its class
   * @param number the number of layers of the same class before it
   */
  public record PathStep(String name, String stem, int number) {}

  /** Copies the path. */
  public ConfiguredLayer {
    path = List.copyOf(path);
  }

  /** What a file is that has something else than a network that can be read. */
  private static final String FOREIGN = "the file is not of a network of the LSTM-FCN family";

  /** The place of the layer in messages. */
  public String place() {
    return "layer " + name;
  }

  ConfigValue value(String key) {
    return new ConfigValue(config.path(key));
  }

  /** The value of the first key that exists; Keras 1 used other names for many. */
  ConfigValue value(String key, String keras1Key) {
    return config.has(key) ? value(key) : value(keras1Key);
  }

  /** The number of steps from one output of a convolution to the next; 1 by default in Keras. */
  public int stride() {
    return config.has("strides") ? count("strides", "strides") : 1;
  }

  /** Whether the layer adds a bias, which Keras 1 calls otherwise. */
  public boolean hasBias() {
    return isOn(config.has("bias") ? "bias" : "use_bias");
  }

  /** Whether a flag is set, which it is by default in Keras. */
  public boolean isOn(String key) {
    return !config.has(key) || !value(key).isNothing();
  }

  /**
   * A value that must be a positive whole number.
   *
   * @throws InvalidInputException if it is not
   */
  public int count(String key, String keras1Key) {
    ConfigValue value = value(key, keras1Key);
    if (!value.text().matches("[1-9]\\d{0,8}")) {
      throw refusal(key + ", a positive whole number", value.text());
    }
    return Integer.parseInt(value.text());
  }

  /** The exception for something that is not supported in the layer. */
  InvalidInputException refusal(String expected, String found) {
    return new InvalidInputException(file, place(), expected, found, FOREIGN);
  }
}
