package io.github.lstmfcn.keras;

import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keras 3's {@code .weights.h5}: datasets {@code layers/<class>[_n]/…/vars/0}. Keras numbers the
 * groups itself, by class and in the model's order, whatever the layers are called.
 */
record VariableGroups(HdfSource source, Group root) implements KerasLayout {
  private static final int DEEPEST = 16;
  private static final Pattern NUMBERED = Pattern.compile("(.*?)(?:_(\\d{1,9}))?");

  @Override
  public String title() {
    return "weights of Keras 3";
  }

  @Override
  public List<KerasLayer> layers() {
    Map<String, KerasLayer> found = new TreeMap<>(Comparator.comparing(VariableGroups::sortKey));
    collect(root, "", 0, found);
    return List.copyOf(found.values());
  }

  private void collect(Group group, String path, int depth, Map<String, KerasLayer> found) {
    if (depth > DEEPEST) {
      return;
    }
    for (Node node : group.getChildren().values()) {
      if (!(node instanceof Group child) || node.getName().equals("optimizer")) {
        continue;
      }
      if (node.getName().equals("vars")) {
        List<KerasArray> arrays = arrays(child, path);
        if (!arrays.isEmpty()) {
          found.put(path, new KerasLayer(path, arrays));
        }
      } else {
        collect(
            child, path.isEmpty() ? node.getName() : path + "/" + node.getName(), depth + 1, found);
      }
    }
  }

  private List<KerasArray> arrays(Group vars, String layer) {
    List<KerasArray> arrays = new ArrayList<>();
    for (int index = 0; vars.getChildren().get("" + index) instanceof Dataset dataset; index++) {
      arrays.add(source.array(dataset, layer, "vars/" + index));
    }
    return arrays;
  }

  /** {@code conv1d_10} after {@code conv1d_9}. */
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
