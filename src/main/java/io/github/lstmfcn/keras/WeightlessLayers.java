package io.github.lstmfcn.keras;

import io.github.lstmfcn.error.InvalidInputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Checks the layers without weights of a file that contains weights alone: by Keras' default, their
 * names are those of their classes.
 */
final class WeightlessLayers {

  /** The default names of Keras layers that change predictions and are not part of an LSTM-FCN. */
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
          "masking",
          "max_pooling1d",
          "maximum",
          "minimum",
          "multiply",
          "normalization",
          "repeat_vector",
          "rescaling",
          "subtract",
          "thresholded_re_lu",
          "time_distributed",
          "up_sampling1d",
          "zero_padding1d");

  private WeightlessLayers() {}

  /**
   * Checks the names.
   *
   * @throws InvalidInputException if a layer is not one of an LSTM-FCN or ALSTM-FCN
   */
  static void check(Path file, List<String> names) {
    for (String name : names) {
      if (FOREIGN.contains(name.replaceFirst("_\\d+$", ""))) {
        throw new InvalidInputException(
            file,
            "layer " + name,
            "a layer of LSTM-FCN or ALSTM-FCN, or one without effect in inference",
            "a layer named after another class of Keras",
            "the file is not of an LSTM-FCN or ALSTM-FCN");
      }
    }
  }
}
