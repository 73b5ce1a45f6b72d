package io.github.lstmfcn.keras;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.keras.config.ConfiguredNetwork;
import io.github.lstmfcn.keras.layout.KerasArray;
import io.github.lstmfcn.keras.layout.KerasLayer;
import io.github.lstmfcn.model.AttentionScope;
import io.github.lstmfcn.model.ConvolutionBlock;
import io.github.lstmfcn.model.GateActivation;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.Orientation;
import io.github.lstmfcn.model.RecurrentBranch;
import io.github.lstmfcn.model.Subsampling;
import io.github.lstmfcn.model.WeightArray;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Assembles weights from layers whose places in the network are known.
 *
 * @param file the file, for messages
 * @param places the layers by place, as {@link ModelWeights#shapes} names them, each with all its
 *     arrays
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
   * @param reading what the shapes do not tell
   * @throws InvalidInputException if an array does not fit the network or is not finite, or the
   *     length of a series is needed and not known
   */
  ModelWeights weights(GateActivation gates, InputReading reading) {
    KerasLayer recurrent = places.get("lstm");
    KerasLayer dense = places.get("dense");
    Map<String, WeightArray> lstm = recurrent == null ? Map.of() : recurrentArrays(recurrent);
    ModelSpec spec = spec(lstm, gates, reading);

    Map<String, Placed> placed = new LinkedHashMap<>();
    for (int block = 1; block <= spec.blocks().size(); block++) {
      placeBlock(block, placed);
    }
    placeKernel(Subsampling.NAME, placed);
    lstm.forEach((name, array) -> placed.put(name, new Placed(recurrent.name(), array)));
    placed.put("dense/kernel", new Placed(dense.name(), weight(dense.array(0))));
    placed.put("dense/bias", new Placed(dense.name(), weight(dense.array(1))));
    return checked(spec, placed);
  }

  private Map<String, WeightArray> recurrentArrays(KerasLayer recurrent) {
    return isAttention(recurrent)
        ? attentionArrays(recurrent)
        : RecurrentArrays.of(file, recurrent);
  }

  private static boolean isAttention(KerasLayer recurrent) {
    return recurrent.role() == KerasLayer.Role.ATTENTION_LSTM;
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

  private ModelSpec spec(
      Map<String, WeightArray> lstm, GateActivation gates, InputReading reading) {
    KerasLayer dense = places.get("dense");
    int classes = dense.array(1).size();
    if (classes < 2) {
      throw new InvalidInputException(
          file, "layer " + dense.name(), "at least two classes", dense.shapesText(), "");
    }
    try {
      Subsampling subsampling = subsampling(reading);
      List<ConvolutionBlock> blocks = blocks();
      RecurrentBranch recurrent =
          lstm.isEmpty() ? null : recurrent(lstm, gates, reading).with(subsampling);
      return new ModelSpec(
          variables(reading), length(lstm, subsampling, reading), classes, recurrent, blocks);
    } catch (IllegalArgumentException impossible) {
      throw new InvalidInputException(
          file,
          "",
          "a network of the LSTM-FCN family",
          "one that cannot be: " + impossible.getMessage(),
          "",
          impossible);
    }
  }

  private RecurrentBranch recurrent(
      Map<String, WeightArray> lstm, GateActivation gates, InputReading reading) {
    KerasLayer layer = places.get("lstm");
    int cells = lstm.get("lstm/recurrent_kernel").shape()[0];
    if (cells < 1 || lstm.get("lstm/kernel").shape()[0] < 1) {
      throw new InvalidInputException(
          file, "layer " + layer.name(), "cells and a length", layer.shapesText(), "");
    }
    return RecurrentBranch.univariate(isAttention(layer), cells, gates, AttentionScope.PER_SERIES)
        .with(reading.orientation())
        .withMasking(reading.masking());
  }

  /** The blocks by the sizes of their arrays. */
  private List<ConvolutionBlock> blocks() {
    List<ConvolutionBlock> blocks = new ArrayList<>();
    for (int block = 1; places.containsKey(ConvolutionBlock.convolution(block)); block++) {
      KerasLayer squeeze = places.get(ConvolutionBlock.reduction(block));
      blocks.add(
          new ConvolutionBlock(
              places.get(ConvolutionBlock.normalization(block)).array(0).size(),
              kernelShape(ConvolutionBlock.convolution(block))[0],
              squeeze == null ? 0 : squeeze.array(0).shape()[1]));
    }
    return blocks;
  }

  private Subsampling subsampling(InputReading reading) {
    if (!places.containsKey(Subsampling.NAME)) {
      return null;
    }
    int[] shape = kernelShape(Subsampling.NAME);
    return new Subsampling(shape[2], shape[0], reading.stride());
  }

  private int[] kernelShape(String place) {
    return ConvolutionKernel.shape(places.get(place).array(0));
  }

  private int variables(InputReading reading) {
    for (String first : List.of(ConvolutionBlock.convolution(1), Subsampling.NAME)) {
      if (places.containsKey(first)) {
        return kernelShape(first)[1];
      }
    }
    if (reading.variables() > 0) {
      return reading.variables();
    }
    throw new InvalidInputException(
        file,
        "",
        "the number of variables of a series, which the weights of a recurrent layer alone do not"
            + " tell",
        "none",
        "save the whole model with an input of known size");
  }

  private int length(Map<String, WeightArray> lstm, Subsampling subsampling, InputReading reading) {
    boolean overVariables = !lstm.isEmpty() && reading.orientation() == Orientation.OVER_VARIABLES;
    int features = overVariables ? lstm.get("lstm/kernel").shape()[0] : 0;
    if (overVariables && subsampling == null) {
      return features;
    }
    String steps =
        overVariables
            ? "between %s and %s, as the weights have it"
                .formatted(
                    (features - 1L) * subsampling.stride() + 1,
                    (long) features * subsampling.stride())
            : "which the weights do not tell";
    if (reading.length() == 0) {
      throw new InvalidInputException(
          file,
          "length",
          "the number of steps of a series, " + steps,
          "none",
          ConfiguredNetwork.GIVE_LENGTH);
    }
    if (overVariables && subsampling.steps(reading.length()) != features) {
      throw new InvalidInputException(
          file, "length", "a number of steps " + steps, reading.length() + "", "");
    }
    return reading.length();
  }

  private void placeBlock(int block, Map<String, Placed> placed) {
    String convolution = ConvolutionBlock.convolution(block);
    placeKernel(convolution, placed);
    KerasLayer conv = places.get(convolution);
    placed.put(convolution + "/bias", new Placed(conv.name(), weight(conv.array(1))));
    KerasLayer bn = places.get(ConvolutionBlock.normalization(block));
    for (int index = 0; index < NORMALIZATION_ARRAYS.size(); index++) {
      placed.put(
          ConvolutionBlock.normalization(block) + "/" + NORMALIZATION_ARRAYS.get(index),
          new Placed(bn.name(), weight(bn.array(index))));
    }
    for (String place :
        List.of(ConvolutionBlock.reduction(block), ConvolutionBlock.expansion(block))) {
      KerasLayer dense = places.get(place);
      if (dense != null) {
        placed.put(place + "/kernel", new Placed(dense.name(), weight(dense.array(0))));
      }
    }
  }

  /** Places the kernel of a convolution, if there is one. */
  private void placeKernel(String place, Map<String, Placed> placed) {
    KerasLayer layer = places.get(place);
    if (layer != null) {
      placed.put(
          place + "/kernel",
          new Placed(layer.name(), ConvolutionKernel.of(layer.array(0), flipKernels)));
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
                    "the file is not of a network of the LSTM-FCN family");
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
