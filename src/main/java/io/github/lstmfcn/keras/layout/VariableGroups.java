package io.github.lstmfcn.keras.layout;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.keras.config.ConfiguredLayer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The layout of {@code .weights.h5} in tf.keras 2.12 to 2.15, tf_keras and Keras 3: datasets {@code
 * layers/<class>[_n]/…/vars/0}. Keras numbers the groups by class and in the order of the model,
 * regardless of the names of the layers.
 */
public record VariableGroups(HdfSource source, HdfObject root) implements KerasLayout {
  private static final Pattern NUMBERED = Pattern.compile("(.*?)(?:_(\\d{1,9}))?");

  /** The group with a model's layers; tf.keras 2.12 and 2.13 used another name. */
  private static final List<String> CONTAINERS =
      List.of("layers", "_layer_checkpoint_dependencies");

  /**
   * Groups with the state of training and of random numbers, which a fitted model has beside its
   * layers.
   */
  private static final Set<String> STATE =
      Set.of(
          "optimizer",
          "metrics",
          "_metrics",
          "compile_metrics",
          "_compile_metrics",
          "loss_tracker",
          "_loss_tracker",
          "seed_generator",
          "_seed_generators");

  @Override
  public String title() {
    return "weights of Keras 3";
  }

  @Override
  public List<KerasLayer> layers() {
    Map<String, KerasLayer> found = new TreeMap<>(Comparator.comparing(VariableGroups::sortKey));
    collect(root, "", found);
    return List.copyOf(found.values());
  }

  @Override
  public List<String> weightless() {
    List<String> names = new ArrayList<>();
    collectWeightless(root, names);
    return names;
  }

  @Override
  public boolean listsWeightless() {
    return !weightless().isEmpty();
  }

  @Override
  public boolean isInModelOrder() {
    return false;
  }

  @Override
  public KerasLayer weightsOf(ConfiguredLayer layer) {
    HdfObject group = root;
    List<String> path = new ArrayList<>();
    for (ConfiguredLayer.PathStep step : layer.path()) {
      HdfObject above = group;
      String container =
          CONTAINERS.stream()
              .filter(name -> above.names().contains(name))
              .findFirst()
              .orElseThrow(() -> missing(layer, String.join("/", path) + "/layers"));
      List<String> ofClass =
          group(layer, group, container).names().stream()
              .filter(name -> stem(name).equals(step.stem()))
              .sorted(Comparator.comparing(VariableGroups::sortKey))
              .toList();
      if (step.number() >= ofClass.size()) {
        throw missing(layer, container + "/" + step.stem() + ", number " + (step.number() + 1));
      }
      path.add(container);
      path.add(ofClass.get(step.number()));
      group = group(layer, group(layer, group, container), ofClass.get(step.number()));
    }
    checkName(layer, group);
    Map<String, KerasLayer> found = new TreeMap<>();
    collect(group, String.join("/", path), found);
    if (found.size() != 1) {
      throw missing(layer, "one group vars in " + String.join("/", path));
    }
    return found.values().iterator().next();
  }

  /** Checks the name of a layer, which Keras 3 writes beside its arrays. */
  private void checkName(ConfiguredLayer layer, HdfObject group) {
    String written =
        group.group("vars").flatMap(vars -> source.string(vars, "name")).orElse(layer.name());
    if (!written.equals(layer.name())) {
      throw new InvalidInputException(
          source.file(),
          layer.place(),
          "its weights in " + group.path(),
          "those of " + written,
          "configuration and weights are of two models");
    }
  }

  private HdfObject group(ConfiguredLayer layer, HdfObject parent, String name) {
    return parent.group(name).orElseThrow(() -> missing(layer, name));
  }

  private InvalidInputException missing(ConfiguredLayer layer, String group) {
    return new InvalidInputException(
        source.file(),
        layer.place(),
        "its weights in " + group,
        "none",
        "the file is incomplete, or configuration and weights are of two models");
  }

  /** Collects the layers that have arrays. */
  private void collect(HdfObject group, String path, Map<String, KerasLayer> found) {
    for (HdfObject child : groups(group)) {
      String name = child.name();
      if (!name.equals("vars")) {
        collect(child, path.isEmpty() ? name : path + "/" + name, found);
        continue;
      }
      List<KerasArray> arrays = arrays(child, path);
      if (!arrays.isEmpty()) {
        found.put(path, new KerasLayer(path, arrays));
      }
    }
  }

  private void collectWeightless(HdfObject group, List<String> names) {
    for (HdfObject child : groups(group)) {
      if (CONTAINERS.contains(group.name()) && !hasArrays(child)) {
        names.add(child.name());
      }
      collectWeightless(child, names);
    }
  }

  private static boolean hasArrays(HdfObject group) {
    return group.names().stream()
        .map(name -> group.child(name).orElseThrow())
        .anyMatch(child -> child.isDataset() || (child.isGroup() && hasArrays(child)));
  }

  /** The groups in a group, except those with the state of training. */
  private static List<HdfObject> groups(HdfObject group) {
    boolean ofLayers = CONTAINERS.contains(group.name());
    return group.names().stream()
        .filter(name -> ofLayers || !STATE.contains(name))
        .flatMap(name -> group.group(name).stream())
        .toList();
  }

  private List<KerasArray> arrays(HdfObject vars, String layer) {
    List<KerasArray> arrays = new ArrayList<>();
    Optional<HdfObject> array = vars.child("0").filter(HdfObject::isDataset);
    while (array.isPresent()) {
      arrays.add(source.dataset(array.get(), layer, "vars/" + arrays.size()));
      array = vars.child("" + arrays.size()).filter(HdfObject::isDataset);
    }
    return arrays;
  }

  private static String stem(String name) {
    Matcher matcher = NUMBERED.matcher(name);
    return matcher.matches() ? matcher.group(1) : name;
  }

  /** A key that sorts {@code conv1d_10} after {@code conv1d_9}. */
  private static String sortKey(String path) {
    StringBuilder key = new StringBuilder();
    for (String part : path.split("/", -1)) {
      Matcher matcher = NUMBERED.matcher(part);
      String number = matcher.matches() && matcher.group(2) != null ? matcher.group(2) : "0";
      String stem = matcher.matches() ? matcher.group(1) : part;
      key.append(stem)
          .append('/')
          .append("0".repeat(9 - number.length()))
          .append(number)
          .append('/');
    }
    return key.append('|').append(path).toString();
  }

  @Override
  public Optional<String> kerasVersion() {
    return Optional.empty();
  }

  @Override
  public Optional<String> backend() {
    return Optional.empty();
  }

  @Override
  public Optional<String> configuration() {
    return Optional.empty();
  }
}
