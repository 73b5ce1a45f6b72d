package io.github.lstmfcn.keras.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.lstmfcn.error.InvalidInputException;
import java.nio.file.Path;
import java.util.List;

/**
 * A layer of a model's configuration, a model within the model too.
 *
 * @param file for messages
 * @param name of the layer
 * @param kind its class
 * @param config its constructor's arguments
 * @param path where the weight file has it: from the model's own layers down
 */
public record ConfiguredLayer(
    Path file, String name, ClassName kind, JsonNode config, List<PathStep> path) {

  /**
   * A layer among those of a model.
   *
   * @param name the layer's
   * @param stem what Keras 3 calls groups of its class
   * @param number how many layers of the class come before it
   */
  public record PathStep(String name, String stem, int number) {}

  /** Copies the list. */
  public ConfiguredLayer {
    path = List.copyOf(path);
  }

  public String place() {
    return "layer " + name;
  }

  ConfigValue value(String key) {
    return new ConfigValue(config.path(key));
  }

  /** The value of the first key there is: Keras 1 called many otherwise. */
  ConfigValue value(String key, String keras1Key) {
    return config.has(key) ? value(key) : value(keras1Key);
  }

  /** Whether a flag is set; Keras' default is that it is. */
  public boolean isOn(String key) {
    return !config.has(key) || !value(key).isNothing();
  }

  /**
   * A positive whole number.
   *
   * @throws InvalidInputException if it is none
   */
  public int count(String key, String keras1Key) {
    ConfigValue value = value(key, keras1Key);
    if (!value.text().matches("[1-9]\\d{0,8}")) {
      throw refusal(key + ", a positive whole number", value.text());
    }
    return Integer.parseInt(value.text());
  }

  /** What is refused of it. */
  InvalidInputException refusal(String expected, String found) {
    return new InvalidInputException(
        file, place(), expected, found, "another network than LSTM-FCN or ALSTM-FCN");
  }
}
