package io.github.lstmfcn.keras;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.keras.config.ConfiguredLayer;
import io.github.lstmfcn.keras.config.ConfiguredNetwork;
import io.github.lstmfcn.keras.layout.KerasArray;
import io.github.lstmfcn.keras.layout.KerasLayer;
import io.github.lstmfcn.keras.layout.KerasLayout;
import io.github.lstmfcn.model.ConvolutionBlock;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.Subsampling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

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
   * @param length the length of a series where the configuration leaves it open; empty if unknown
   * @throws InvalidInputException if weights are missing, or do not belong to the configuration
   */
  ModelWeights weights(boolean flipKernels, OptionalInt length) {
    Map<String, KerasLayer> places = new LinkedHashMap<>();
    network
        .layers()
        .forEach((place, layer) -> places.put(place, whole(place, layer, layout.weightsOf(layer))));
    ConfiguredLayer dense = network.layers().get("dense");
    InputReading reading = InputReading.of(network).orLength(length);
    ModelWeights weights =
        new ModelAssembly(dense.file(), swapped(places), flipKernels)
            .weights(network.gates(), reading);
    checkSizes(weights.spec());
    return weights.with(weights.spec().with(network.attention()));
  }

  /** Checks that the sizes of the arrays are those of the configuration. */
  private void checkSizes(ModelSpec spec) {
    ConfiguredLayer dense = network.layers().get("dense");
    expect(dense, "units", dense.count("units", "output_dim"), spec.classes());
    ConfiguredLayer recurrent = network.layers().get("lstm");
    if (recurrent != null) {
      expect(recurrent, "units", recurrent.count("units", "output_dim"), spec.cells());
    }
    for (int number = 1; number <= spec.blocks().size(); number++) {
      ConvolutionBlock block = spec.blocks().get(number - 1);
      ConfiguredLayer convolution = network.layers().get(ConvolutionBlock.convolution(number));
      expect(convolution, "filters", convolution.count("filters", "nb_filter"), block.filters());
      expect(
          convolution,
          "kernel_size",
          convolution.count("kernel_size", "filter_length"),
          block.kernelSize());
      ConfiguredLayer squeeze = network.layers().get(ConvolutionBlock.reduction(number));
      if (squeeze != null) {
        expect(squeeze, "units", squeeze.count("units", "output_dim"), block.bottleneck());
      }
    }
    ConfiguredLayer subsampling = network.layers().get(Subsampling.NAME);
    if (subsampling != null) {
      Subsampling found = spec.recurrent().subsampling();
      expect(subsampling, "filters", subsampling.count("filters", "nb_filter"), found.filters());
      expect(
          subsampling,
          "kernel_size",
          subsampling.count("kernel_size", "filter_length"),
          found.kernelSize());
    }
    ConfiguredLayer reader = recurrent == null ? dense : recurrent;
    if (network.length() > 0) {
      expect(reader, "series of length", network.length(), spec.length());
    }
    if (network.variables() > 0) {
      expect(reader, "variables", network.variables(), spec.variables());
    }
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
  private static KerasLayer whole(String place, ConfiguredLayer layer, KerasLayer found) {
    if (place.equals(Subsampling.NAME)) {
      return expectRole(layer, found, KerasLayer.Role.BIASLESS_CONVOLUTION);
    }
    if (place.startsWith("se")) {
      return expectRole(layer, found, KerasLayer.Role.BIASLESS_DENSE);
    }
    return switch (layer.kind().name()) {
      case "BatchNormalization" -> normalization(layer, found);
      case "LSTM" -> biased(layer, found, 2);
      case "Conv1D", "Dense", "Convolution1D" -> biased(layer, found, 1);
      case "CuDNNLSTM" -> expectRole(layer, found, KerasLayer.Role.LSTM);
      default -> expectRole(layer, found, KerasLayer.Role.ATTENTION_LSTM);
    };
  }

  /** A layer whose last array is a bias, after a number of kernels. */
  private static KerasLayer biased(ConfiguredLayer layer, KerasLayer found, int kernels) {
    KerasLayer.Role role =
        switch (layer.kind().name()) {
          case "LSTM" -> KerasLayer.Role.LSTM;
          case "Dense" -> KerasLayer.Role.DENSE;
          default -> KerasLayer.Role.CONVOLUTION;
        };
    if (layer.hasBias()) {
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
    KerasArray kernel = dense.array(0);
    int rows = kernel.shape()[0];
    int cells = network.poolingFirst() ? places.get("lstm").array(1).shape()[0] : rows;
    if (cells >= rows) {
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
