package io.github.lstmfcn.keras;

import io.github.lstmfcn.error.InvalidInputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * What the layers without weights say where a file holds weights alone: their names, in Keras'
 * default, are their classes'.
 */
final class WeightlessLayers {

  /** Layers that change an answer and are none of LSTM-FCN's, as Keras calls them by default. */
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
   * @throws InvalidInputException if a layer is none of an LSTM-FCN or ALSTM-FCN
   */
  static void check(Path file, List<String> names) {
    for (String name : names) {
      if (FOREIGN.contains(name.replaceFirst("_\\d+$", ""))) {
        throw new InvalidInputException(
            file,
            "layer " + name,
            "a layer of LSTM-FCN or ALSTM-FCN, or one that does nothing when a model predicts",
            "one called after another class of Keras",
            "another network than LSTM-FCN or ALSTM-FCN");
      }
    }
  }
}
