package io.github.lstmfcn.keras.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.json.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The configuration of a model: its layers and their connections, in the JSON of Keras 1 to 3. It
 * is traversed from its output back to its input, through nested models.
 *
 * @param model the model itself, as a layer
 * @param layers the layers in the order of the configuration
 */
public record ConfiguredModel(ConfiguredLayer model, List<Entry> layers) {
  private static final int MOST_LAYERS = 500;

  /** A layer, its configuration in the model, and its nested model if it is one. */
  private record Entry(ConfiguredLayer layer, JsonNode json, ConfiguredModel inner) {}

  /**
   * Reads a configuration and checks the class and arguments of every layer.
   *
   * @throws InvalidInputException if it is not JSON, or one of the layers is not supported
   */
  static ConfiguredModel parse(Path file, String json) {
    JsonNode root = json(file, "model configuration", json);
    String name = root.path("config").path("name").asText("the model");
    return of(
        new ConfiguredLayer(file, name, ClassName.of(root), root.path("config"), List.of()),
        new int[] {MOST_LAYERS});
  }

  /** Parses JSON that is part of a file. */
  public static JsonNode json(Path file, String place, String json) {
    try {
      return Json.parsePython(json);
    } catch (JsonProcessingException notJson) {
      String found = notJson.getOriginalMessage();
      throw new InvalidInputException(file, place, "JSON", found, "the file is damaged", notJson);
    }
  }

  private static ConfiguredModel of(ConfiguredLayer model, int[] left) {
    if (!isModel(model.kind())) {
      throw model.refusal("a Functional, Model or Sequential", model.kind().toString());
    }
    JsonNode config = model.config();
    List<Entry> entries = new ArrayList<>();
    Map<String, Integer> stems = new HashMap<>();
    for (JsonNode json : config.isArray() ? config : config.path("layers")) {
      if (left[0]-- == 0) {
        throw model.refusal("at most " + MOST_LAYERS + " layers", "more");
      }
      ConfiguredLayer layer = layer(model, json, stems);
      LayerRules.check(layer);
      ConfiguredModel inner = isModel(layer.kind()) ? of(layer, left) : null;
      entries.add(new Entry(layer, json, inner));
    }
    return new ConfiguredModel(model, List.copyOf(entries));
  }

  private static boolean isModel(ClassName kind) {
    return kind.isOfKeras() && Set.of("Functional", "Model", "Sequential").contains(kind.name());
  }

  private static ConfiguredLayer layer(
      ConfiguredLayer model, JsonNode json, Map<String, Integer> stems) {
    ClassName kind = ClassName.of(json);
    String given = json.path("name").asText("");
    String name = given.isEmpty() ? json.path("config").path("name").asText(kind.name()) : given;
    String stem = kind.snakeCase();
    int number = stems.merge(stem, 1, Integer::sum) - 1;
    List<ConfiguredLayer.PathStep> path = new ArrayList<>(model.path());
    path.add(new ConfiguredLayer.PathStep(name, stem, number));
    return new ConfiguredLayer(model.file(), name, kind, json.path("config"), path);
  }

  /**
   * The output of the model for a series.
   *
   * @param stepsFirst whether the first axis of an input of several variables is time
   * @throws InvalidInputException if the model is not wired as a network of the LSTM-FCN family
   */
  Signal output(boolean stepsFirst) {
    return output(null, stepsFirst);
  }

  /** All layers, including those of nested models. */
  List<ConfiguredLayer> all() {
    List<ConfiguredLayer> all = new ArrayList<>();
    for (Entry entry : layers) {
      all.add(entry.layer());
      if (entry.inner() != null) {
        all.addAll(entry.inner().all());
      }
    }
    return all;
  }

  /** Whether the calls of its layers are written as Keras 3 writes them. */
  boolean isOfKeras3() {
    return layers.stream()
        .anyMatch(
            entry ->
                entry.json().path("inbound_nodes").path(0).has("args")
                    || entry.layer().config().path("dtype").isObject()
                    || (entry.inner() != null && entry.inner().isOfKeras3()));
  }

  private Signal output(Signal input, boolean stepsFirst) {
    return model.kind().name().equals("Sequential")
        ? chained(input, stepsFirst)
        : new Traversal(input, stepsFirst).signal(only("output_layers"));
  }

  /** The output of a nested model, into which and out of which no mask is followed. */
  private static Signal nested(Entry entry, Signal input) {
    Signal output = input.masked() ? input : entry.inner().output(input, false);
    if (output.masked()) {
      throw entry.layer().refusal("a mask within one model", output.toString());
    }
    return output;
  }

  private Signal chained(Signal input, boolean stepsFirst) {
    Signal signal = input;
    for (Entry entry : layers) {
      if (entry.layer().kind().name().equals("InputLayer")) {
        signal = entered(entry.layer(), signal, stepsFirst);
      } else if (entry.inner() != null) {
        signal = signal == null ? entry.inner().output(null, stepsFirst) : nested(entry, signal);
      } else {
        Signal before = signal == null ? entered(entry.layer(), null, stepsFirst) : signal;
        signal = NetworkWiring.through(entry.layer(), List.of(before), false);
      }
    }
    if (signal == null) {
      throw model.refusal("layers", "none");
    }
    return signal;
  }

  /** The series as an input layer declares it, or as it comes from the enclosing model. */
  private Signal entered(ConfiguredLayer layer, Signal outer, boolean stepsFirst) {
    ConfigValue shape = layer.value("batch_input_shape", "batch_shape");
    if (outer != null && shape.node().isMissingNode()) {
      return outer;
    }
    if (shape.node().isMissingNode()) {
      shape = new ConfigValue(model.config().path("build_input_shape"));
    }
    if (outer == null) {
      return NetworkWiring.input(layer, shape.texts(), stepsFirst);
    }
    Signal declared =
        NetworkWiring.input(layer, shape.texts(), outer.stage() == Signal.Stage.COLUMN);
    if (outer.stage() != declared.stage()
        || outer.isSubsampled()
        || differ(outer.length(), declared.length())
        || differ(outer.variables(), declared.variables())) {
      throw layer.refusal("an input as declared, " + declared, outer.toString());
    }
    return outer.sized(declared);
  }

  private static boolean differ(int size, int other) {
    return size != 0 && other != 0 && size != other;
  }

  /** The only input or output of the model. */
  private CallOfLayer.Tensor only(String key) {
    List<CallOfLayer.Tensor> tensors = CallOfLayer.tensors(model, model.config().path(key));
    if (tensors.size() != 1) {
      throw model.refusal("one of " + key, tensors.size() + "");
    }
    return tensors.get(0);
  }

  /** A traversal of the model from its output to its input. */
  private final class Traversal {
    private final Signal input;
    private final boolean stepsFirst;
    private final CallOfLayer.Tensor entry = only("input_layers");
    private final Map<String, Entry> byName = new LinkedHashMap<>();
    private final Map<CallOfLayer.Tensor, Signal> known = new HashMap<>();
    private final Set<CallOfLayer.Tensor> open = new HashSet<>();

    Traversal(Signal input, boolean stepsFirst) {
      this.input = input;
      this.stepsFirst = stepsFirst;
      for (Entry layer : layers) {
        if (byName.put(layer.layer().name(), layer) != null) {
          throw layer.layer().refusal("different names", "two layers of this name");
        }
      }
    }

    Signal signal(CallOfLayer.Tensor tensor) {
      Signal before = known.get(tensor);
      if (before != null) {
        return before;
      }
      Entry from = byName.get(tensor.layer());
      if (from == null || tensor.output() != 0) {
        throw model.refusal("outputs of the model's layers", tensor.toString());
      }
      if (!open.add(tensor)) {
        throw from.layer().refusal("a path from the input to the output", "a cycle");
      }
      Signal signal = computed(from, tensor);
      known.put(tensor, signal);
      return signal;
    }

    private Signal computed(Entry from, CallOfLayer.Tensor tensor) {
      ConfiguredLayer layer = from.layer();
      if (layer.kind().name().equals("InputLayer")) {
        if (!tensor.layer().equals(entry.layer())) {
          throw layer.refusal("one input", "a second one");
        }
        return entered(layer, input, stepsFirst);
      }
      int calls = from.json().path("inbound_nodes").size();
      if (from.inner() != null && calls != 1) {
        throw layer.refusal("a model that is called once", calls + " calls");
      }
      // A nested model's own graph may count as its first call.
      int number = from.inner() == null ? tensor.call() : 0;
      CallOfLayer call = CallOfLayer.of(layer, from.json(), number);
      List<Signal> inputs = call.inputs().stream().map(this::signal).toList();
      if (from.inner() == null) {
        checkMask(layer, call, inputs);
        return NetworkWiring.through(layer, inputs, call.separate());
      }
      if (inputs.size() != 1) {
        throw layer.refusal("one input", inputs.size() + "");
      }
      return nested(from, inputs.get(0));
    }

    /**
     * Checks that the mask with which Keras 3 calls a recurrent layer is that of the layer's input:
     * {@code any(not_equal(series, 0))} over the values of a step.
     */
    private void checkMask(ConfiguredLayer layer, CallOfLayer call, List<Signal> inputs) {
      Signal masked = inputs.get(0);
      boolean recurrent = CallOfLayer.takesMask(layer);
      if (call.mask() == null) {
        if (recurrent && masked.masked() && call.statesMask()) {
          throw layer.refusal("a call with the mask of its input", "one without");
        }
        return;
      }
      Signal compared = compared(layer, call.mask());
      if (!masked.masked()
          || compared.stage() != masked.stage()
          || compared.isSubsampled() != masked.isSubsampled()) {
        throw layer.refusal("the mask of its input, " + masked, "a mask of " + compared);
      }
    }

    /** The series whose elements a mask compares with zero. */
    private Signal compared(ConfiguredLayer layer, CallOfLayer.Tensor mask) {
      Entry any = byName.get(mask.layer());
      if (any == null || !any.layer().kind().name().equals("Any")) {
        throw layer.refusal("the mask of a Masking layer", mask.toString());
      }
      CallOfLayer call = CallOfLayer.of(any.layer(), any.json(), 0);
      Entry comparison = byName.get(call.inputs().get(0).layer());
      if (comparison == null || !comparison.layer().kind().name().equals("NotEqual")) {
        throw layer.refusal("the mask of a Masking layer", call.inputs().toString());
      }
      return signal(CallOfLayer.comparedWithZero(comparison.layer(), comparison.json()));
    }
  }
}
