package io.github.lstmfcn.keras;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.keras.config.ConfiguredLayer;
import io.github.lstmfcn.keras.config.ConfiguredNetwork;
import io.github.lstmfcn.keras.layout.KerasArray;
import io.github.lstmfcn.keras.layout.KerasLayer;
import io.github.lstmfcn.keras.layout.KerasLayout;
import io.github.lstmfcn.model.ModelWeights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Joins a configuration with the weights of its file: puts the arrays of each layer into the place
 * that the wiring gives it, and adds the arrays that the configuration omits.
 *
 * @param network the network that the configuration describes
 * @param layout the layout of the file with the weights
 */
record ConfiguredWeights(ConfiguredNetwork network, KerasLayout layout) {
  /**
   * Assembles the weights of the network.
   *
   * @param flipKernels whether they were written by a backend that convolves rather than correlates
   *     (Theano)
   * @throws InvalidInputException if weights are missing, or do not belong to the configuration
   */
  ModelWeights weights(boolean flipKernels) {
    Map<String, KerasLayer> places = new LinkedHashMap<>();
    network
        .layers()
        .forEach((place, layer) -> places.put(place, whole(layer, layout.weightsOf(layer))));
    ConfiguredLayer dense = network.layers().get("dense");
    ConfiguredLayer recurrent = network.layers().get("lstm");
    ModelWeights weights =
        new ModelAssembly(dense.file(), swapped(places), flipKernels).weights(network.gates());
    expect(dense, "units", dense.count("units", "output_dim"), weights.spec().classes());
    expect(recurrent, "units", recurrent.count("units", "output_dim"), weights.spec().cells());
    if (network.length() > 0) {
      expect(recurrent, "series of length", network.length(), weights.spec().length());
    }
    return weights.with(weights.spec().with(network.attention()));
  }

  private static void expect(ConfiguredLayer layer, String what, int configured, int found) {
    if (configured != found) {
      throw new InvalidInputException(
          layer.file(),
          layer.place(),
          "weights for " + what + " " + configured + ", as the configuration says",
          "for " + found,
          "configuration and weights are of two models");
    }
  }

  /**
   * A layer completed by the arrays that its configuration omits: biases of zero, scales of one.
   */
  private static KerasLayer whole(ConfiguredLayer layer, KerasLayer found) {
    return switch (layer.kind().name()) {
      case "BatchNormalization" -> normalization(layer, found);
      case "LSTM" -> biased(layer, found, "use_bias", 2);
      case "Conv1D" -> biased(layer, found, "use_bias", 1);
      case "Dense" -> biased(layer, found, layer.config().has("bias") ? "bias" : "use_bias", 1);
      case "Convolution1D" -> biased(layer, found, "bias", 1);
      case "CuDNNLSTM" -> expectRole(layer, found, KerasLayer.Role.LSTM);
      default -> expectRole(layer, found, KerasLayer.Role.ATTENTION_LSTM);
    };
  }

  /** A layer whose last array is a bias, after a number of kernels. */
  private static KerasLayer biased(
      ConfiguredLayer layer, KerasLayer found, String key, int kernels) {
    KerasLayer.Role role =
        switch (layer.kind().name()) {
          case "LSTM" -> KerasLayer.Role.LSTM;
          case "Dense" -> KerasLayer.Role.DENSE;
          default -> KerasLayer.Role.CONVOLUTION;
        };
    if (layer.isOn(key)) {
      return expectRole(layer, found, role);
    }
    if (found.arrays().size() != kernels) {
      throw unfit(layer, found);
    }
    List<KerasArray> arrays = new ArrayList<>(found.arrays());
    int[] shape = found.array(0).shape();
    int width = shape.length == 0 ? 0 : shape[shape.length - 1];
    arrays.add(filled("bias", width, 0));
    return expectRole(layer, new KerasLayer(found.name(), arrays), role);
  }

  private static KerasLayer normalization(ConfiguredLayer layer, KerasLayer found) {
    List<KerasArray> arrays = new ArrayList<>(found.arrays());
    boolean scale = layer.isOn("scale");
    boolean center = layer.isOn("center");
    int expected = 2 + (scale ? 1 : 0) + (center ? 1 : 0);
    if (arrays.size() != expected) {
      throw unfit(layer, found);
    }
    int channels = arrays.get(0).size();
    if (!scale) {
      arrays.add(0, filled("gamma", channels, 1));
    }
    if (!center) {
      arrays.add(1, filled("beta", channels, 0));
    }
    return expectRole(
        layer, new KerasLayer(found.name(), arrays), KerasLayer.Role.BATCH_NORMALIZATION);
  }

  private static KerasArray filled(String name, int size, float value) {
    float[] values = new float[size];
    Arrays.fill(values, value);
    return new KerasArray(name, new int[] {size}, values);
  }

  private static KerasLayer expectRole(
      ConfiguredLayer layer, KerasLayer found, KerasLayer.Role role) {
    if (found.role() != role) {
      throw unfit(layer, found);
    }
    return found;
  }

  private static InvalidInputException unfit(ConfiguredLayer layer, KerasLayer found) {
    return new InvalidInputException(
        layer.file(),
        layer.place(),
        "the arrays of " + layer.kind().name() + " as it is configured",
        found.shapesText(),
        "configuration and weights are of two models");
  }

  /**
   * The layers with the rows of the dense kernel in the order of the original network, those of the
   * recurrent branch first.
   */
  private Map<String, KerasLayer> swapped(Map<String, KerasLayer> places) {
    KerasLayer dense = places.get("dense");
    int cells = places.get("lstm").array(1).shape()[0];
    KerasArray kernel = dense.array(0);
    int rows = kernel.shape()[0];
    if (!network.poolingFirst() || cells >= rows) {
      return places;
    }
    int width = kernel.shape()[1];
    int pooled = (rows - cells) * width;
    float[] values = new float[kernel.size()];
    System.arraycopy(kernel.values(), pooled, values, 0, values.length - pooled);
    System.arraycopy(kernel.values(), 0, values, values.length - pooled, pooled);
    Map<String, KerasLayer> swapped = new LinkedHashMap<>(places);
    swapped.put(
        "dense",
        new KerasLayer(
            dense.name(),
            List.of(new KerasArray(kernel.name(), kernel.shape(), values), dense.array(1))));
    return swapped;
  }
}
