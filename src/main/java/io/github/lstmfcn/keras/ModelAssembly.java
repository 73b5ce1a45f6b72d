package io.github.lstmfcn.keras;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.keras.config.NetworkWiring;
import io.github.lstmfcn.keras.layout.KerasArray;
import io.github.lstmfcn.keras.layout.KerasLayer;
import io.github.lstmfcn.model.AttentionScope;
import io.github.lstmfcn.model.ConvolutionBlock;
import io.github.lstmfcn.model.GateActivation;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.WeightArray;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Assembles weights from layers whose places in the network are known.
 *
 * @param file the file, for messages
 * @param places the layers by place: {@code conv1} to {@code conv3}, {@code bn1} to {@code bn3},
 *     {@code lstm}, {@code dense}, each with all its arrays
 * @param flipKernels whether they were written by a backend that convolves rather than correlates
 *     (Theano)
 */
record ModelAssembly(Path file, Map<String, KerasLayer> places, boolean flipKernels) {
  private static final List<String> NORMALIZATION_ARRAYS =
      List.of("gamma", "beta", "moving_mean", "moving_variance");
  private static final List<String> ATTENTION_ARRAYS =
      List.of(
          "kernel",
          "recurrent_kernel",
          "attention_kernel",
          "attention_W",
          "attention_U",
          "bias",
          "attention_b",
          "attention_v");

  /**
   * Assembles the weights, with attention per series.
   *
   * @throws InvalidInputException if an array does not fit the network or is not finite
   */
  ModelWeights weights(GateActivation gates) {
    KerasLayer recurrent = places.get("lstm");
    KerasLayer dense = places.get("dense");
    boolean attention = recurrent.role() == KerasLayer.Role.ATTENTION_LSTM;
    Map<String, WeightArray> lstm =
        attention ? attentionArrays(recurrent) : RecurrentArrays.of(file, recurrent);
    ModelSpec spec = spec(attention, lstm, gates);

    Map<String, Placed> placed = new LinkedHashMap<>();
    for (int block = 1; block <= NetworkWiring.BLOCKS.size(); block++) {
      placeBlock(block, placed);
    }
    lstm.forEach((name, array) -> placed.put(name, new Placed(recurrent.name(), array)));
    placed.put("dense/kernel", new Placed(dense.name(), weight(dense.array(0))));
    placed.put("dense/bias", new Placed(dense.name(), weight(dense.array(1))));
    return checked(spec, placed);
  }

  /** An array with the name of its layer in the file. */
  private record Placed(String layer, WeightArray array) {}

  /** The arrays {@code lstm/attention_W} and so on, in the order of the file. */
  private static Map<String, WeightArray> attentionArrays(KerasLayer layer) {
    Map<String, WeightArray> arrays = new LinkedHashMap<>();
    for (int index = 0; index < ATTENTION_ARRAYS.size(); index++) {
      arrays.put("lstm/" + ATTENTION_ARRAYS.get(index), weight(layer.array(index)));
    }
    return arrays;
  }

  private ModelSpec spec(boolean attention, Map<String, WeightArray> lstm, GateActivation gates) {
    KerasLayer recurrent = places.get("lstm");
    KerasLayer dense = places.get("dense");
    int cells = lstm.get("lstm/recurrent_kernel").shape()[0];
    int length = lstm.get("lstm/kernel").shape()[0];
    int classes = dense.array(1).size();
    if (cells < 1 || length < 1) {
      throw new InvalidInputException(
          file, "layer " + recurrent.name(), "cells and a length", recurrent.shapesText(), "");
    }
    if (length == 1) {
      throw NetworkWiring.overSteps(
          file, "layer " + recurrent.name(), "a kernel " + recurrent.array(0).shapeText());
    }
    if (classes < 2) {
      throw new InvalidInputException(
          file, "layer " + dense.name(), "at least two classes", dense.shapesText(), "");
    }
    return new ModelSpec(
        attention ? ModelKind.ALSTM_FCN : ModelKind.LSTM_FCN,
        cells,
        length,
        classes,
        gates,
        AttentionScope.PER_SERIES);
  }

  private void placeBlock(int block, Map<String, Placed> placed) {
    KerasLayer conv = places.get(ConvolutionBlock.convolution(block));
    placed.put(
        ConvolutionBlock.convolution(block) + "/kernel",
        new Placed(conv.name(), ConvolutionKernel.of(conv.array(0), flipKernels)));
    placed.put(
        ConvolutionBlock.convolution(block) + "/bias",
        new Placed(conv.name(), weight(conv.array(1))));
    KerasLayer bn = places.get(ConvolutionBlock.normalization(block));
    for (int index = 0; index < NORMALIZATION_ARRAYS.size(); index++) {
      placed.put(
          ConvolutionBlock.normalization(block) + "/" + NORMALIZATION_ARRAYS.get(index),
          new Placed(bn.name(), weight(bn.array(index))));
    }
  }

  private ModelWeights checked(ModelSpec spec, Map<String, Placed> placed) {
    ModelWeights.shapes(spec)
        .forEach(
            (name, shape) -> {
              Placed found = placed.get(name);
              String place = "layer " + found.layer() + ", " + name;
              if (!Arrays.equals(found.array().shape(), shape)) {
                throw new InvalidInputException(
                    file,
                    place,
                    "shape " + Arrays.toString(shape),
                    Arrays.toString(found.array().shape()),
                    "the file is not of an LSTM-FCN or ALSTM-FCN");
              }
              checkValues(place, name, found.array().values());
            });
    return new ModelWeights(
        spec,
        placed.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().array())));
  }

  private void checkValues(String place, String name, float[] values) {
    boolean variance = name.endsWith("/moving_variance");
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new InvalidInputException(
            file, place, "finite weights", "" + value, "its training has diverged");
      }
      if (variance && value < 0) {
        throw new InvalidInputException(
            file, place, "a variance of at least 0", "" + value, "the file is damaged");
      }
    }
  }

  private static WeightArray weight(KerasArray array) {
    return new WeightArray(array.shape(), array.values());
  }
}
