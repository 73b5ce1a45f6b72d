package io.github.lstmfcn.keras.layout;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.keras.config.ConfiguredLayer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The layout of {@code save_weights} in Keras 1, Keras 2 and tf.keras: one group per layer, named
 * by the attribute {@code layer_names}, with datasets named by the group's attribute {@code
 * weight_names}.
 */
record LayerGroups(HdfSource source, HdfObject root) implements KerasLayout {

  @Override
  public String title() {
    return "weights of Keras 1, Keras 2 or tf.keras";
  }

  @Override
  public List<KerasLayer> layers() {
    List<KerasLayer> layers = new ArrayList<>();
    for (String name : source.strings(root, "layer_names")) {
      layers.addAll(layers(name));
    }
    return layers;
  }

  @Override
  public List<String> weightless() {
    List<String> named = source.strings(root, "layer_names");
    List<String> weightless = new ArrayList<>(source.strings(root, ALL_LAYERS));
    weightless.removeAll(named);
    named.stream()
        .filter(name -> source.strings(group(name), "weight_names").isEmpty())
        .forEach(weightless::add);
    return weightless;
  }

  @Override
  public boolean listsWeightless() {
    List<String> names = source.strings(root, "layer_names");
    return !weightless().isEmpty() && names.stream().allMatch(name -> layers(name).size() <= 1);
  }

  @Override
  public boolean isInModelOrder() {
    return true;
  }

  @Override
  public KerasLayer weightsOf(ConfiguredLayer layer) {
    String top = layer.path().get(0).name();
    List<KerasLayer> candidates =
        source.strings(root, "layer_names").contains(top) ? layers(top) : List.of();
    if (layer.path().size() > 1) {
      candidates = candidates.stream().filter(found -> isNamed(found, layer.name())).toList();
    }
    if (candidates.size() != 1) {
      throw new InvalidInputException(
          source.file(),
          layer.place(),
          "its weights",
          candidates.isEmpty() ? "none" : candidates.toString(),
          "the file is incomplete, or configuration and weights are of two models");
    }
    return candidates.get(0);
  }

  /**
   * Whether a layer has a name: its own, or that of its arrays if a nested model has no other
   * layer.
   */
  private static boolean isNamed(KerasLayer found, String name) {
    return Stream.concat(Stream.of(found.name()), found.arrays().stream().map(KerasArray::name))
        .anyMatch(path -> Arrays.asList(path.split("/", -1)).contains(name));
  }

  /** The layers of a group: none if it has no weights, several if it is a nested model. */
  private List<KerasLayer> layers(String name) {
    HdfObject group = group(name);
    List<String> weightNames = source.strings(group, "weight_names");
    if (weightNames.isEmpty()) {
      return List.of();
    }
    List<KerasArray> arrays =
        weightNames.stream().map(weight -> source.array(group, name, weight)).toList();
    KerasLayer whole = new KerasLayer(name, arrays);
    Map<String, List<KerasArray>> parts = new LinkedHashMap<>();
    for (KerasArray array : arrays) {
      int end = array.name().lastIndexOf('/');
      String part = end < 0 ? "" : array.name().substring(0, end);
      parts.computeIfAbsent(part, missing -> new ArrayList<>()).add(array);
    }
    if (parts.size() == 1 || whole.role() != KerasLayer.Role.UNKNOWN) {
      return List.of(whole);
    }
    return parts.entrySet().stream()
        .map(part -> new KerasLayer(name + "/" + part.getKey(), part.getValue()))
        .toList();
  }

  private HdfObject group(String name) {
    HdfObject object = root;
    for (String part : name.split("/", -1)) { // Keras treats a layer's name as a path
      object = object == null ? null : object.child(part).orElse(null);
    }
    if (object != null && object.isGroup()) {
      return object;
    }
    throw new InvalidInputException(
        source.file(),
        "layer " + name,
        "a group, since layer_names lists it",
        object == null ? "none" : "a dataset",
        "the file is incomplete");
  }

  @Override
  public Optional<String> kerasVersion() {
    return source.string(root, "keras_version");
  }

  @Override
  public Optional<String> backend() {
    return source.string(root, "backend");
  }

  @Override
  public Optional<String> configuration() {
    return Optional.empty();
  }
}
