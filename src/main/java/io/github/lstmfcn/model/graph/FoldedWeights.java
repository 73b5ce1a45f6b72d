package io.github.lstmfcn.model.graph;

import io.github.lstmfcn.model.GateActivation;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.WeightArray;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The arrays of {@link InferenceLayers}, computed in float64 and rounded once. Immutable.
 *
 * <ul>
 *   <li>{@code conv<block>/kernel} and {@code conv<block>/bias}: see {@link ConvBlock#folded};
 *   <li>of a recurrent layer that takes one step, see {@link #takesOneStep}: {@code lstm/kernel}
 *       {@code (features, 3 cells)} and {@code lstm/bias} {@code (3 cells)} with the gates i, g and
 *       o only, because the forget gate multiplies a cell state of 0, as the recurrent kernel
 *       multiplies an output of 0. Attention over one step is 1, so that with attention per series
 *       the attention kernel is added to this kernel. {@code lstm/attention_kernel} {@code
 *       (features, 3 cells)}: with attention across the batch only;
 *   <li>of a recurrent layer that takes more steps: its kernels and its bias with the gates in the
 *       order i, f, o, g, of which the first three are scaled so that {@code hard_sigmoid} is
 *       {@code clip(z, 0, 1)};
 *   <li>all others: unchanged.
 * </ul>
 *
 * @param spec the specification of the network
 * @param arrays the arrays by name
 */
public record FoldedWeights(ModelSpec spec, Map<String, WeightArray> arrays) {
  private static final String KERNEL = "lstm/kernel";
  private static final String ATTENTION_KERNEL = "lstm/attention_kernel";
  private static final String BIAS = "lstm/bias";

  /** Keeps a copy of the arrays. */
  public FoldedWeights {
    arrays = Collections.unmodifiableMap(new LinkedHashMap<>(arrays));
  }

  /** Whether the recurrent layer takes one step from a state of zeros, and never skips it. */
  static boolean takesOneStep(ModelSpec spec) {
    return spec.recurrentSteps() == 1
        && !spec.recurrent().masking()
        && spec.recurrent().subsampling() == null;
  }

  /** Folds the weights of a network. */
  public static FoldedWeights of(ModelWeights weights) {
    ModelSpec spec = weights.spec();
    Map<String, WeightArray> folded = new LinkedHashMap<>(weights.arrays());
    for (int number = 1; number <= spec.blocks().size(); number++) {
      folded.keySet().removeIf(new ConvBlock(number)::normalizes);
      folded.putAll(new ConvBlock(number).folded(weights.arrays()));
    }
    if (spec.recurrent() != null && takesOneStep(spec)) {
      foldOneStep(spec, folded);
    } else if (spec.recurrent() != null) {
      boolean hard = spec.gateActivation() == GateActivation.HARD_SIGMOID;
      for (String name : List.of(KERNEL, "lstm/recurrent_kernel", ATTENTION_KERNEL, BIAS)) {
        folded.computeIfPresent(
            name, (key, array) -> scaled(array, spec.cells(), hard, key.equals(BIAS)));
      }
    }
    return new FoldedWeights(spec, folded);
  }

  private static void foldOneStep(ModelSpec spec, Map<String, WeightArray> folded) {
    WeightArray kernel = folded.get(KERNEL);
    WeightArray attentionKernel = folded.get(ATTENTION_KERNEL);
    WeightArray bias = folded.get(BIAS);
    folded.keySet().removeIf(name -> name.startsWith("lstm/"));
    if (spec.dependsOnBatch()) {
      folded.put(ATTENTION_KERNEL, withoutForgetGate(attentionKernel, spec.cells()));
    } else if (spec.hasAttention()) {
      kernel = sum(kernel, attentionKernel);
    }
    folded.put(KERNEL, withoutForgetGate(kernel, spec.cells()));
    folded.put(BIAS, withoutForgetGate(bias, spec.cells()));
  }

  /** Brings rows of the gates i, f, g, o to the order i, f, o, g. */
  private static WeightArray scaled(WeightArray gates, int cells, boolean hard, boolean isBias) {
    int[] from = {0, 1, 3, 2};
    float[] values = new float[gates.values().length];
    for (int index = 0; index < values.length; index++) {
      int row = index / (4 * cells);
      int gate = index % (4 * cells) / cells;
      double value = gates.values()[(row * 4 + from[gate]) * cells + index % cells];
      if (hard && gate < 3) {
        value = 0.2 * value + (isBias ? 0.5 : 0);
      }
      values[index] = (float) value;
    }
    return new WeightArray(gates.shape(), values);
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
