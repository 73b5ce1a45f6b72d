package io.github.lstmfcn.keras;

import io.github.lstmfcn.data.InvalidInputException;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code save_weights} of Keras 1, Keras 2 and tf.keras: a group a layer, named by the attribute
 * {@code layer_names}, its datasets by the group's {@code weight_names}.
 */
record LayerGroups(HdfSource source, Group root) implements KerasLayout {

  @Override
  public String title() {
    return "weights of Keras 1, Keras 2 or tf.keras";
  }

  @Override
  public List<KerasLayer> layers() {
    List<KerasLayer> layers = new ArrayList<>();
    for (String name : source.strings(root, "layer_names")) {
      Node node = root.getChildren().get(name);
      if (!(node instanceof Group group)) {
        throw new InvalidInputException(
            source.file(),
            "layer " + name,
            "a group, since layer_names lists it",
            node == null ? "none" : "a dataset",
            "the file is incomplete");
      }
      List<String> weightNames = source.strings(group, "weight_names");
      if (!weightNames.isEmpty()) {
        layers.add(
            new KerasLayer(
                name,
                weightNames.stream().map(weight -> source.array(group, name, weight)).toList()));
      }
    }
    return layers;
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
