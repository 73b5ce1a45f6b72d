package io.github.lstmfcn.keras.layout;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.keras.config.ConfiguredLayer;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
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
public record VariableGroups(HdfSource source, Group root) implements KerasLayout {
  private static final int DEEPEST = 16;
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
    collect(root, "", new HashSet<>(), found);
    return List.copyOf(found.values());
  }

  @Override
  public List<String> weightless() {
    List<String> names = new ArrayList<>();
    collectWeightless(root, "", names);
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
    Group group = root;
    List<String> path = new ArrayList<>();
    for (ConfiguredLayer.PathStep step : layer.path()) {
      Group above = group;
      String container =
          CONTAINERS.stream()
              .filter(name -> above.getChildren().containsKey(name))
              .findFirst()
              .orElseThrow(() -> missing(layer, String.join("/", path) + "/layers"));
      List<String> ofClass =
          group(layer, group, container).getChildren().keySet().stream()
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
    collect(group, String.join("/", path), new HashSet<>(), found);
    if (found.size() != 1) {
      throw missing(layer, "one group vars in " + String.join("/", path));
    }
    return found.values().iterator().next();
  }

  /** Checks the name of a layer, which Keras 3 writes beside its arrays. */
  private void checkName(ConfiguredLayer layer, Group group) {
    if (group.getChildren().get("vars") instanceof Group vars) {
      String written = source.string(vars, "name").orElse(layer.name());
      if (!written.equals(layer.name())) {
        throw new InvalidInputException(
            source.file(),
            layer.place(),
            "its weights in " + group.getPath(),
            "those of " + written,
            "configuration and weights are of two models");
      }
    }
  }

  private Group group(ConfiguredLayer layer, Group parent, String name) {
    if (parent.getChildren().get(name) instanceof Group group) {
      return group;
    }
    throw missing(layer, name);
  }

  private InvalidInputException missing(ConfiguredLayer layer, String group) {
    return new InvalidInputException(
        source.file(),
        layer.place(),
        "its weights in " + group,
        "none",
        "the file is incomplete, or configuration and weights are of two models");
  }

  /**
   * Collects the layers that have arrays. No group may be linked twice, or the traversal might not
   * end.
   */
  private void collect(Group group, String path, Set<Long> visited, Map<String, KerasLayer> found) {
    if (!visited.add(group.getAddress()) || path.split("/", -1).length > DEEPEST) {
      throw new InvalidInputException(
          source.file(),
          "group " + path,
          "a tree of at most " + DEEPEST + " levels",
          "a group that is linked twice, or lies deeper",
          "the file is damaged");
    }
    for (Group child : groups(group, path)) {
      String name = child.getName();
      if (!name.equals("vars")) {
        collect(child, path.isEmpty() ? name : path + "/" + name, visited, found);
        continue;
      }
      List<KerasArray> arrays = arrays(child, path);
      if (!arrays.isEmpty()) {
        found.put(path, new KerasLayer(path, arrays));
      }
    }
  }

  private void collectWeightless(Group group, String path, List<String> names) {
    for (Group child : groups(group, path)) {
      if (CONTAINERS.contains(group.getName()) && !hasArrays(child)) {
        names.add(child.getName());
      }
      collectWeightless(child, path + "/" + child.getName(), names);
    }
  }

  private static boolean hasArrays(Group group) {
    return group.getChildren().values().stream()
        .anyMatch(
            node -> node instanceof Dataset || (node instanceof Group child && hasArrays(child)));
  }

  /** The groups in a group, except those with the state of training. */
  private List<Group> groups(Group group, String path) {
    boolean ofLayers = CONTAINERS.contains(group.getName());
    List<Group> groups = new ArrayList<>();
    for (Node node : source.children(group, path).values()) {
      if (node instanceof Group child && (ofLayers || !STATE.contains(node.getName()))) {
        groups.add(child);
      }
    }
    return groups;
  }

  private List<KerasArray> arrays(Group vars, String layer) {
    Map<String, Node> children = source.children(vars, layer);
    List<KerasArray> arrays = new ArrayList<>();
    for (int index = 0; children.get("" + index) instanceof Dataset dataset; index++) {
      arrays.add(source.array(dataset, layer, "vars/" + index));
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
