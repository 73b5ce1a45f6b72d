package io.github.lstmfcn.keras.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.lstmfcn.error.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A call of a layer in a model; a layer that is used twice has two calls.
 *
 * @param inputs the tensors with which it is called
 * @param mask the mask with which a recurrent layer of Keras 3 is called; null without one
 * @param separate whether the inputs are arguments of their own, as those of an operation are,
 *     rather than one list
 * @param statesMask whether the call is written as Keras 3 writes it, with the mask among the
 *     arguments; before, a mask comes with the input
 */
record CallOfLayer(List<Tensor> inputs, Tensor mask, boolean separate, boolean statesMask) {
  private static final Set<String> MASKED = Set.of("LSTM", "AttentionLSTM");

  /**
   * An output of a call.
   *
   * @param layer the name of the layer
   * @param call the index of the call among those of the layer
   * @param output the index of the output among those of the call
   */
  record Tensor(String layer, int call, int output) {}

  /**
   * Reads a call of a layer: {@code [[name, call, output, arguments], …]} of Keras 1 and 2, {@code
   * {args, kwargs}} with {@code keras_history} of Keras 3.
   *
   * @throws InvalidInputException if there is no such call, or it has arguments with an effect
   */
  static CallOfLayer of(ConfiguredLayer layer, JsonNode json, int number) {
    JsonNode call = json.path("inbound_nodes").path(number);
    List<Tensor> inputs = new ArrayList<>();
    Tensor mask = null;
    if (call.isObject()) {
      call.path("args").forEach(argument -> inputs.addAll(tensors(layer, argument)));
      JsonNode given = call.path("kwargs").path("mask");
      if (takesMask(layer) && isKerasTensor(given)) {
        mask = tensors(layer, given).get(0);
      }
      checkArguments(layer, call.path("kwargs"), mask != null);
    } else {
      inputs.addAll(tensors(layer, call));
    }
    if (inputs.isEmpty()) {
      throw layer.refusal("an input", "none");
    }
    boolean separate = call.path("args").size() > 1;
    return new CallOfLayer(List.copyOf(inputs), mask, separate, call.isObject());
  }

  /**
   * The tensor whose elements an operation {@code not_equal} of Keras 3 compares with zero.
   *
   * @throws InvalidInputException if it compares something else
   */
  static Tensor comparedWithZero(ConfiguredLayer layer, JsonNode json) {
    JsonNode arguments = json.path("inbound_nodes").path(0).path("args");
    boolean withZero = arguments.size() == 2 && isKerasTensor(arguments.get(0));
    JsonNode value = arguments.path(1);
    if (!withZero || !value.isNumber() || value.doubleValue() != 0) {
      throw layer.refusal("a comparison with 0", new ConfigValue(arguments).text());
    }
    return tensors(layer, arguments.get(0)).get(0);
  }

  private static boolean isKerasTensor(JsonNode value) {
    return value.path("class_name").asText("").equals("__keras_tensor__")
        && isTensor(value.path("config").path("keras_history"));
  }

  /** Whether a layer is one that Keras 3 calls with a mask. */
  static boolean takesMask(ConfiguredLayer layer) {
    return MASKED.contains(layer.kind().name());
  }

  /** The tensors in a value, however deeply they are nested. */
  static List<Tensor> tensors(ConfiguredLayer layer, JsonNode value) {
    List<Tensor> tensors = new ArrayList<>();
    collect(layer, value, tensors);
    return tensors;
  }

  private static void collect(ConfiguredLayer layer, JsonNode value, List<Tensor> tensors) {
    if (isTensor(value)) {
      checkArguments(layer, value.path(3), false);
      tensors.add(new Tensor(value.get(0).asText(), value.get(1).asInt(), value.get(2).asInt()));
    } else if (value.path("class_name").asText("").equals("__keras_tensor__")) {
      collect(layer, value.path("config").path("keras_history"), tensors);
    } else if (value.isArray()) {
      value.forEach(element -> collect(layer, element, tensors));
    } else if (value.isObject() && !value.has("class_name")) {
      value.forEach(element -> collect(layer, element, tensors)); // named inputs or outputs
    } else if (!new ConfigValue(value).isNothing()) {
      throw layer.refusal("no argument except its input", new ConfigValue(value).text());
    }
  }

  private static boolean isTensor(JsonNode value) {
    return value.isArray()
        && value.size() >= 3
        && value.get(0).isTextual()
        && value.get(1).isInt()
        && value.get(2).isInt();
  }

  private static void checkArguments(ConfiguredLayer layer, JsonNode arguments, boolean masked) {
    for (Map.Entry<String, JsonNode> argument : arguments.properties()) {
      ConfigValue value = new ConfigValue(argument.getValue());
      boolean mask = masked && argument.getKey().equals("mask");
      if (!mask && !value.isNothing()) {
        throw layer.refusal("no call with " + argument.getKey(), value.text());
      }
    }
  }
}
