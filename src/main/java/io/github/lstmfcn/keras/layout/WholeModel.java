package io.github.lstmfcn.keras.layout;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.keras.config.ConfiguredLayer;
import java.util.List;
import java.util.Optional;

/**
 * The layout of {@code model.save("….h5")}: layer groups under {@code model_weights}, and the
 * configuration.
 */
record WholeModel(HdfSource source, HdfObject root) implements KerasLayout {

  @Override
  public String title() {
    return "whole model of Keras in HDF5";
  }

  private LayerGroups groups() {
    return new LayerGroups(
        source,
        root.group("model_weights")
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        source.file(),
                        "model_weights",
                        "a group",
                        "a dataset",
                        "the file is damaged")));
  }

  @Override
  public List<KerasLayer> layers() {
    return groups().layers();
  }

  @Override
  public List<String> weightless() {
    return groups().weightless();
  }

  @Override
  public boolean listsWeightless() {
    return groups().listsWeightless();
  }

  @Override
  public boolean isInModelOrder() {
    return groups().isInModelOrder();
  }

  @Override
  public KerasLayer weightsOf(ConfiguredLayer layer) {
    return groups().weightsOf(layer);
  }

  @Override
  public Optional<String> kerasVersion() {
    return source.string(root, "keras_version").or(() -> groups().kerasVersion());
  }

  @Override
  public Optional<String> backend() {
    return source.string(root, "backend").or(() -> groups().backend());
  }

  @Override
  public Optional<String> configuration() {
    return source.string(root, "model_config");
  }
}
