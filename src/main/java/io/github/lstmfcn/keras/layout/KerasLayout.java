package io.github.lstmfcn.keras.layout;

import io.github.lstmfcn.keras.config.ConfiguredLayer;
import io.jhdf.api.Group;
import java.util.List;
import java.util.Optional;

/** How a file lays out layers and their arrays. */
public sealed interface KerasLayout permits LayerGroups, WholeModel, VariableGroups {

  /** For people: {@code Keras 2 weights}. */
  String title();

  /** Layers that have weights, in the file's order. */
  List<KerasLayer> layers();

  /** Names of groups of layers without weights, as far as the file has any. */
  List<String> weightless();

  /**
   * The weights of a layer of the model's configuration.
   *
   * @throws io.github.lstmfcn.error.InvalidInputException if the file has none
   */
  KerasLayer weightsOf(ConfiguredLayer layer);

  /** The version of Keras that wrote it, if the file says. */
  Optional<String> kerasVersion();

  /** The backend that computed it, if the file says. */
  Optional<String> backend();

  /** The model's configuration as JSON, if the file has one. */
  Optional<String> configuration();

  /** The layout of a file, or empty if it is none that Keras writes. */
  static Optional<KerasLayout> of(HdfSource source, Group root) {
    if (root.getChildren().containsKey("model_weights")) {
      return Optional.of(new WholeModel(source, root));
    }
    if (!source.strings(root, "layer_names").isEmpty()) {
      return Optional.of(new LayerGroups(source, root));
    }
    VariableGroups variables = new VariableGroups(source, root);
    return variables.layers().isEmpty() ? Optional.empty() : Optional.of(variables);
  }
}
