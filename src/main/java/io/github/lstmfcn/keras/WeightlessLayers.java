package io.github.lstmfcn.keras;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.keras.layout.KerasLayout;
import io.github.lstmfcn.keras.layout.VariableGroups;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * The layers without weights of a file that contains weights alone: by Keras' default, their names
 * are those of their classes.
 *
 * @param file the file, for messages
 * @param names the names
 * @param complete whether these are all layers without weights
 * @param byClass whether they are named after their classes whatever their users called them
 */
record WeightlessLayers(Path file, List<String> names, boolean complete, boolean byClass) {

  /** The default names of Keras layers that change predictions and are not part of a network. */
  private static final Set<String> FOREIGN =
      Set.of(
          "add",
          "average",
          "average_pooling1d",
          "bidirectional",
          "cropping1d",
          "dot",
          "elu",
          "global_max_pooling1d",
          "lambda",
          "layer_normalization",
          "leaky_re_lu",
          "max_pooling1d",
          "maximum",
          "minimum",
          "normalization",
          "repeat_vector",
          "rescaling",
          "subtract",
          "thresholded_re_lu",
          "time_distributed",
          "up_sampling1d",
          "zero_padding1d");

  /** Copies the names. */
  WeightlessLayers {
    names = List.copyOf(names);
  }

  /** Those of a file. */
  static WeightlessLayers of(Path file, KerasLayout layout) {
    return new WeightlessLayers(
        file, layout.weightless(), layout.listsWeightless(), layout instanceof VariableGroups);
  }

  /**
   * Checks that none of the layers is of a class that no network has.
   *
   * @throws InvalidInputException if one is
   */
  void check() {
    names.stream().filter(name -> FOREIGN.contains(kind(name))).forEach(this::refuse);
  }

  /**
   * Checks that there are no more multiplications and masks than the network has.
   *
   * @param squeezes the number of squeeze-and-excite blocks
   * @param recurrent whether there is a recurrent layer
   * @throws InvalidInputException if there are
   */
  void check(int squeezes, boolean recurrent) {
    names.stream()
        .filter(name -> kind(name).equals("multiply"))
        .skip(squeezes)
        .forEach(this::refuse);
    names.stream()
        .filter(name -> kind(name).equals("masking"))
        .skip(recurrent ? 1 : 0)
        .forEach(this::refuse);
  }

  private void refuse(String name) {
    throw new InvalidInputException(
        file,
        "layer " + name,
        "a layer of LSTM-FCN or its variants, or one without effect in inference",
        "a layer named after another class of Keras",
        "the file is not of a network of the LSTM-FCN family");
  }

  /** The number of layers of a class, by their names: {@code masking}. */
  long count(String kind) {
    return names.stream().filter(name -> kind(name).equals(kind)).count();
  }

  private static String kind(String name) {
    return name.replaceFirst("_\\d+$", "");
  }
}
