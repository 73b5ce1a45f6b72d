package io.github.lstmfcn.keras;

import io.github.lstmfcn.data.InvalidInputException;
import io.github.lstmfcn.model.AttentionScope;
import io.github.lstmfcn.model.GateActivation;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.WeightArray;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Finds the network's places for a file's layers, by kind, shape and order.
 *
 * @param file for messages
 * @param layers that have weights, in the file's order
 * @param flipKernels whether a backend wrote it that convolves rather than correlates (Theano)
 */
record LayerMatching(Path file, List<KerasLayer> layers, boolean flipKernels) {
  private static final int CONVOLUTIONS = 3;
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

  ModelWeights weights(GateActivation gates) {
    checkCounts();
    KerasLayer recurrent = recurrentLayer();
    KerasLayer dense = only(KerasLayer.Role.DENSE);
    boolean attention = recurrent.role() == KerasLayer.Role.ATTENTION_LSTM;
    Map<String, WeightArray> lstm =
        attention ? attentionArrays(recurrent) : RecurrentArrays.of(file, recurrent);
    ModelSpec spec = spec(attention, lstm, recurrent, dense, gates);

    Map<String, Placed> placed = new LinkedHashMap<>();
    placeBlocks(spec, placed);
    lstm.forEach((name, array) -> placed.put(name, new Placed(recurrent.name(), array)));
    placed.put("dense/kernel", new Placed(dense.name(), weight(dense.array(0))));
    placed.put("dense/bias", new Placed(dense.name(), weight(dense.array(1))));
    return checked(spec, placed);
  }

  /** Which layer of the file an array came from, for messages. */
  private record Placed(String layer, WeightArray array) {}

  private void checkCounts() {
    for (KerasLayer layer : layers) {
      if (layer.role() == KerasLayer.Role.UNKNOWN) {
        throw new InvalidInputException(
            file,
            "layer " + layer.name(),
            "a Conv1D, BatchNormalization, LSTM, AttentionLSTM or Dense layer",
            shapes(layer),
            "the file is not of an LSTM-FCN or ALSTM-FCN");
      }
    }
    expectCount("three Conv1D layers", CONVOLUTIONS, KerasLayer.Role.CONVOLUTION);
    expectCount(
        "three BatchNormalization layers", CONVOLUTIONS, KerasLayer.Role.BATCH_NORMALIZATION);
    expectCount("one Dense layer", 1, KerasLayer.Role.DENSE);
    if (all(KerasLayer.Role.LSTM).size() + all(KerasLayer.Role.ATTENTION_LSTM).size() != 1) {
      throw miscounted(
          "one LSTM or AttentionLSTM layer",
          all(KerasLayer.Role.LSTM, KerasLayer.Role.ATTENTION_LSTM));
    }
  }

  private void expectCount(String expected, int count, KerasLayer.Role role) {
    if (all(role).size() != count) {
      throw miscounted(expected, all(role));
    }
  }

  private InvalidInputException miscounted(String expected, List<KerasLayer> found) {
    return new InvalidInputException(
        file,
        "",
        expected,
        found.isEmpty() ? "none" : found.size() + " (" + names(found) + ")",
        "the file is not of an LSTM-FCN or ALSTM-FCN");
  }

  private List<KerasLayer> all(KerasLayer.Role... roles) {
    return layers.stream().filter(layer -> Arrays.asList(roles).contains(layer.role())).toList();
  }

  private KerasLayer only(KerasLayer.Role role) {
    return all(role).get(0);
  }

  private KerasLayer recurrentLayer() {
    return all(KerasLayer.Role.LSTM, KerasLayer.Role.ATTENTION_LSTM).get(0);
  }

  /** {@code lstm/attention_W}, …, in the file's order. */
  private static Map<String, WeightArray> attentionArrays(KerasLayer layer) {
    Map<String, WeightArray> arrays = new LinkedHashMap<>();
    for (int index = 0; index < ATTENTION_ARRAYS.size(); index++) {
      arrays.put("lstm/" + ATTENTION_ARRAYS.get(index), weight(layer.array(index)));
    }
    return arrays;
  }

  private ModelSpec spec(
      boolean attention,
      Map<String, WeightArray> lstm,
      KerasLayer recurrent,
      KerasLayer dense,
      GateActivation gates) {
    int cells = lstm.get("lstm/recurrent_kernel").shape()[0];
    int length = lstm.get("lstm/kernel").shape()[0];
    int classes = dense.array(1).size();
    if (cells < 1 || length < 1) {
      throw new InvalidInputException(
          file, "layer " + recurrent.name(), "cells and a length", shapes(recurrent), "");
    }
    if (classes < 2) {
      throw new InvalidInputException(
          file, "layer " + dense.name(), "at least two classes", shapes(dense), "");
    }
    return new ModelSpec(
        attention ? ModelKind.ALSTM_FCN : ModelKind.LSTM_FCN,
        cells,
        length,
        classes,
        gates,
        AttentionScope.PER_SERIES);
  }

  private void placeBlocks(ModelSpec spec, Map<String, Placed> placed) {
    List<KerasLayer> convolutions = all(KerasLayer.Role.CONVOLUTION);
    List<KerasLayer> normalizations = all(KerasLayer.Role.BATCH_NORMALIZATION);
    checkOrder(spec, convolutions, normalizations);
    for (int block = 1; block <= CONVOLUTIONS; block++) {
      KerasLayer conv = convolutions.get(block - 1);
      placed.put(
          "conv" + block + "/kernel",
          new Placed(conv.name(), ConvolutionKernel.of(conv.array(0), flipKernels)));
      placed.put("conv" + block + "/bias", new Placed(conv.name(), weight(conv.array(1))));
      KerasLayer bn = normalizations.get(block - 1);
      List<String> names = List.of("gamma", "beta", "moving_mean", "moving_variance");
      for (int index = 0; index < names.size(); index++) {
        placed.put(
            "bn" + block + "/" + names.get(index), new Placed(bn.name(), weight(bn.array(index))));
      }
    }
  }

  /**
   * The first and third normalization have equal shapes: only the file's order tells them apart,
   * which is the model's in every file that Keras writes. A file in another order leaves it open.
   */
  private void checkOrder(
      ModelSpec spec, List<KerasLayer> convolutions, List<KerasLayer> normalizations) {
    List<String> expected = new ArrayList<>();
    List<String> found = new ArrayList<>();
    for (int block = 1; block <= CONVOLUTIONS; block++) {
      Map<String, int[]> shapes = ModelWeights.shapes(spec);
      expected.add(Arrays.toString(shapes.get("conv" + block + "/kernel")));
      expected.add(Arrays.toString(shapes.get("bn" + block + "/gamma")));
      KerasArray kernel = convolutions.get(block - 1).array(0);
      found.add(Arrays.toString(ConvolutionKernel.shape(kernel)));
      found.add(normalizations.get(block - 1).array(0).shapeText());
    }
    boolean sameLayers = sorted(found).equals(sorted(expected));
    if (sameLayers && !found.equals(expected)) {
      throw new InvalidInputException(
          file,
          "",
          "Conv1D and BatchNormalization layers in the model's order, which alone tells the first"
              + " and third normalization apart",
          names(convolutions) + "; " + names(normalizations),
          "save the weights again with Keras");
    }
  }

  private static List<String> sorted(List<String> texts) {
    return texts.stream().sorted().toList();
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
              for (float value : found.array().values()) {
                if (!Float.isFinite(value)) {
                  throw new InvalidInputException(
                      file, place, "finite weights", "" + value, "its training has diverged");
                }
              }
            });
    return new ModelWeights(
        spec,
        placed.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().array())));
  }

  private static String names(List<KerasLayer> layers) {
    return layers.stream().map(KerasLayer::toString).collect(Collectors.joining("; "));
  }

  private static String shapes(KerasLayer layer) {
    return layer.arrays().stream().map(KerasArray::shapeText).collect(Collectors.joining(" "));
  }

  private static WeightArray weight(KerasArray array) {
    return new WeightArray(array.shape(), array.values());
  }
}
