package io.github.lstmfcn.keras;

import io.github.lstmfcn.model.ConvolutionBlock;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.Orientation;
import io.github.lstmfcn.model.RecurrentBranch;
import io.github.lstmfcn.model.Subsampling;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The layers of a network as the original code makes them, in the order in which Keras 2 writes
 * them: by their distance from the output, so that those of the two branches alternate.
 */
final class OriginalLayers {

  /** A layer, with its place in the network; empty for one without weights. */
  private record Layer(String name, String place) {}

  private final Map<String, Integer> counts = new HashMap<>();
  private final List<Layer> recurrent = new ArrayList<>();
  private final List<Layer> convolutional = new ArrayList<>();
  private final List<Layer> ordered = new ArrayList<>();

  private OriginalLayers(ModelSpec spec) {
    Layer input = layer("input", "");
    if (spec.recurrent() != null) {
      addRecurrent(spec.recurrent());
    }
    boolean variablesFirst = spec.recurrent() == null || readsVariablesFirst(spec.recurrent());
    if (!spec.blocks().isEmpty()) {
      addConvolutional(spec.blocks(), variablesFirst);
    }
    ordered.add(input);
    for (int distance = Math.max(recurrent.size(), convolutional.size());
        distance > 0;
        distance--) {
      addAt(distance, recurrent);
      addAt(distance, convolutional);
    }
    if (!recurrent.isEmpty() && !convolutional.isEmpty()) {
      ordered.add(layer("concatenate", ""));
    }
    ordered.add(layer("dense", "dense"));
  }

  /**
   * The places of a network's layers by the names of the layers, in their order; the place of a
   * layer without weights is empty.
   */
  static Map<String, String> of(ModelSpec spec) {
    Map<String, String> places = new LinkedHashMap<>();
    new OriginalLayers(spec).ordered.forEach(layer -> places.put(layer.name(), layer.place()));
    return places;
  }

  private void addAt(int distance, List<Layer> branch) {
    if (distance <= branch.size()) {
      ordered.add(branch.get(branch.size() - distance));
    }
  }

  /**
   * Whether the input is {@code (variables, T)}; else both branches read {@code (T, variables)}.
   */
  private static boolean readsVariablesFirst(RecurrentBranch branch) {
    return branch.orientation() == Orientation.OVER_VARIABLES || branch.subsampling() != null;
  }

  private void addRecurrent(RecurrentBranch branch) {
    if (branch.subsampling() != null) {
      recurrent.add(layer("permute", ""));
      recurrent.add(layer("conv1d", Subsampling.NAME));
      if (branch.orientation() == Orientation.OVER_VARIABLES) {
        recurrent.add(layer("permute", ""));
      }
    }
    if (branch.masking()) {
      recurrent.add(layer("masking", ""));
    }
    recurrent.add(layer(branch.attention() ? "attention_lstm" : "lstm", "lstm"));
    recurrent.add(layer("dropout", ""));
  }

  private void addConvolutional(List<ConvolutionBlock> blocks, boolean variablesFirst) {
    if (variablesFirst) {
      convolutional.add(layer("permute", ""));
    }
    for (int block = 1; block <= blocks.size(); block++) {
      convolutional.add(layer("conv1d", ConvolutionBlock.convolution(block)));
      convolutional.add(layer("batch_normalization", ConvolutionBlock.normalization(block)));
      convolutional.add(layer("activation", ""));
      if (blocks.get(block - 1).hasSqueezeAndExcite()) {
        convolutional.add(layer("global_average_pooling1d", ""));
        convolutional.add(layer("reshape", ""));
        convolutional.add(layer("dense", ConvolutionBlock.reduction(block)));
        convolutional.add(layer("dense", ConvolutionBlock.expansion(block)));
        convolutional.add(layer("multiply", ""));
      }
    }
    convolutional.add(layer("global_average_pooling1d", ""));
  }

  private Layer layer(String kind, String place) {
    return new Layer(kind + "_" + counts.merge(kind, 1, Integer::sum), place);
  }
}
