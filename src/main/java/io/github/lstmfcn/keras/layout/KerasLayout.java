package io.github.lstmfcn.keras.layout;

import io.github.lstmfcn.keras.config.ConfiguredLayer;
import java.util.List;
import java.util.Optional;

/** The layout of layers and arrays in a file. */
public sealed interface KerasLayout permits LayerGroups, WholeModel, VariableGroups {

  /**
   * The root attribute with the names of all layers in a file that this program wrote, whose groups
   * are those of the layers that have weights. Keras ignores attributes that it does not know.
   */
  String ALL_LAYERS = "lstmfcn_layers";

  /** The name of the layout for people: {@code Keras 2 weights}. */
  String title();

  /** The layers that have weights, in the order of the file. */
  List<KerasLayer> layers();

  /** The names of the groups of layers without weights, as far as the file has any. */
  List<String> weightless();

  /**
   * Whether {@link #weightless} has every layer without weights. A file that was not written by
   * Keras may lack them, and so do the layers of nested models in the older layouts.
   */
  boolean listsWeightless();

  /** Whether {@link #layers} are in the order of the model rather than sorted by class. */
  boolean isInModelOrder();

  /**
   * Reads the weights of a layer of the model's configuration.
   *
   * @throws io.github.lstmfcn.error.InvalidInputException if the file has none
   */
  KerasLayer weightsOf(ConfiguredLayer layer);

  /** The version of Keras that wrote the file; empty if the file does not say. */
  Optional<String> kerasVersion();

  /** The backend that computed the weights; empty if the file does not say. */
  Optional<String> backend();

  /** The configuration of the model as JSON; empty if the file has none. */
  Optional<String> configuration();

  /** Detects the layout of a file; empty if it is not one that Keras writes. */
  static Optional<KerasLayout> of(HdfSource source) {
    HdfObject root = source.root();
    if (root.names().contains("model_weights")) {
      return Optional.of(new WholeModel(source, root));
    }
    if (!source.strings(root, "layer_names").isEmpty()) {
      return Optional.of(new LayerGroups(source, root));
    }
    VariableGroups variables = new VariableGroups(source, root);
    return variables.layers().isEmpty() ? Optional.empty() : Optional.of(variables);
  }
}
