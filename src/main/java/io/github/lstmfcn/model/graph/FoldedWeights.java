package io.github.lstmfcn.model.graph;

import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.WeightArray;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The arrays of {@link InferenceLayers}, computed in float64 and rounded once.
 *
 * <ul>
 *   <li>{@code conv<block>/kernel} and {@code conv<block>/bias}: see {@link ConvBlock#folded};
 *   <li>{@code lstm/kernel} {@code (T, 3 cells)} and {@code lstm/bias} {@code (3 cells)}: the gates
 *       i, g and o only, because the forget gate multiplies a cell state of 0, as the recurrent
 *       kernel multiplies an output of 0. Attention over one step is 1, so that with attention per
 *       series the attention kernel is added to this kernel;
 *   <li>{@code lstm/attention_kernel} {@code (T, 3 cells)}: with attention across the batch only;
 *   <li>{@code dense/kernel} and {@code dense/bias}: unchanged.
 * </ul>
 */
final class FoldedWeights {

  private FoldedWeights() {}

  static Map<String, WeightArray> of(ModelWeights weights) {
    Map<String, WeightArray> exact = weights.arrays();
    Map<String, WeightArray> folded = new LinkedHashMap<>();
    for (int number = 1; number <= weights.spec().blocks().size(); number++) {
      folded.putAll(new ConvBlock(number).folded(exact));
    }
    int cells = weights.spec().cells();
    WeightArray kernel = exact.get("lstm/kernel");
    if (weights.spec().dependsOnBatch()) {
      folded.put(
          "lstm/attention_kernel", withoutForgetGate(exact.get("lstm/attention_kernel"), cells));
    } else if (weights.spec().hasAttention()) {
      kernel = sum(kernel, exact.get("lstm/attention_kernel"));
    }
    folded.put("lstm/kernel", withoutForgetGate(kernel, cells));
    folded.put("lstm/bias", withoutForgetGate(exact.get("lstm/bias"), cells));
    folded.put("dense/kernel", exact.get("dense/kernel"));
    folded.put("dense/bias", exact.get("dense/bias"));
    return folded;
  }

  private static WeightArray sum(WeightArray a, WeightArray b) {
    float[] sum = new float[a.values().length];
    for (int index = 0; index < sum.length; index++) {
      sum[index] = a.values()[index] + b.values()[index];
    }
    return new WeightArray(a.shape(), sum);
  }

  /** Removes the forget gate f from rows of the gates i, f, g, o. */
  private static WeightArray withoutForgetGate(WeightArray gates, int cells) {
    int rows = gates.values().length / (4 * cells);
    float[] remaining = new float[rows * 3 * cells];
    for (int row = 0; row < rows; row++) {
      System.arraycopy(gates.values(), row * 4 * cells, remaining, row * 3 * cells, cells);
      System.arraycopy(
          gates.values(), (row * 4 + 2) * cells, remaining, (row * 3 + 1) * cells, 2 * cells);
    }
    int[] shape = gates.shape().clone();
    shape[shape.length - 1] = 3 * cells;
    return new WeightArray(shape, remaining);
  }
}
