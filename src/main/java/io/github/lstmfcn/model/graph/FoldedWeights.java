package io.github.lstmfcn.model.graph;

import io.github.lstmfcn.model.GateActivation;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.WeightArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The arrays of {@link InferenceLayers}, computed in float64 and rounded once. Immutable.
 *
 * <ul>
 *   <li>{@code conv<block>/kernel} and {@code conv<block>/bias}: see {@link ConvBlock#folded};
 *   <li>of a recurrent layer that takes one step, see {@link #takesOneStep}: {@code lstm/kernel}
 *       {@code (features, 3 cells)} and {@code lstm/bias} {@code (3 cells)} with the gates i, o and
 *       g only, because the forget gate multiplies a cell state of 0, as the recurrent kernel
 *       multiplies an output of 0. Attention over one step is 1, so that with attention per series
 *       the attention kernel is added to this kernel. {@code lstm/attention_kernel} {@code
 *       (features, 3 cells)}: with attention across the batch only;
 *   <li>of a recurrent layer that takes more steps: its kernels and its bias with the gates in the
 *       order i, f, o, g;
 *   <li>in both, the gates but g are scaled so that {@code hard_sigmoid} is {@code clip(z, 0, 1)};
 *   <li>all others: unchanged.
 * </ul>
 *
 * @param spec the specification of the network
 * @param arrays the arrays by name, with the names and shapes of {@link #shapes}
 */
public record FoldedWeights(ModelSpec spec, Map<String, WeightArray> arrays) {
  private static final String KERNEL = "lstm/kernel";
  private static final String ATTENTION_KERNEL = "lstm/attention_kernel";
  private static final String BIAS = "lstm/bias";

  /** The gates in {@link ModelWeights}. */
  private static final String GATES = "ifgo";

  private static final String GATES_OF_ONE_STEP = "iog";
  private static final String GATES_OF_STEPS = "ifog";

  /** Of Keras' {@code hard_sigmoid}. */
  private static final double HARD_SLOPE = 0.2;

  /**
   * Checks names and shapes.
   *
   * @throws IllegalArgumentException if an array is missing, unknown or of another shape
   */
  public FoldedWeights {
    Map<String, int[]> expected = shapes(spec);
    if (!arrays.keySet().equals(expected.keySet())) {
      throw new IllegalArgumentException(
          "expected arrays " + expected.keySet() + ", found " + arrays.keySet());
    }
    for (Map.Entry<String, int[]> entry : expected.entrySet()) {
      int[] shape = arrays.get(entry.getKey()).shape();
      if (!Arrays.equals(shape, entry.getValue())) {
        throw new IllegalArgumentException(
            "expected shape %2$s of %1$s, found %3$s"
                .formatted(
                    entry.getKey(), Arrays.toString(entry.getValue()), Arrays.toString(shape)));
      }
    }
    arrays = Collections.unmodifiableMap(new LinkedHashMap<>(arrays));
  }

  /** Whether the recurrent layer takes one step from a state of zeros, and never skips it. */
  static boolean takesOneStep(ModelSpec spec) {
    return spec.recurrentSteps() == 1
        && !spec.recurrent().masking()
        && spec.recurrent().subsampling() == null;
  }

  /** The names and shapes of a network's folded arrays. */
  public static Map<String, int[]> shapes(ModelSpec spec) {
    Map<String, int[]> shapes = new LinkedHashMap<>(ModelWeights.shapes(spec));
    removeNormalizations(spec, shapes);
    if (spec.recurrent() != null && takesOneStep(spec)) {
      int width = GATES_OF_ONE_STEP.length() * spec.cells();
      shapes.keySet().removeIf(name -> !isUsedInOneStep(spec, name));
      shapes.replace(KERNEL, new int[] {spec.recurrentFeatures(), width});
      shapes.replace(ATTENTION_KERNEL, new int[] {spec.recurrentFeatures(), width});
      shapes.replace(BIAS, new int[] {width});
    }
    return Collections.unmodifiableMap(shapes);
  }

  /** Folds the weights of a network. */
  public static FoldedWeights of(ModelWeights weights) {
    ModelSpec spec = weights.spec();
    return new FoldedWeights(spec, folded(spec, weights.arrays(), new OfValues(spec)));
  }

  /**
   * The arithmetic of the folding.
   *
   * @param <A> an array: of values, or an operand of a graph
   */
  interface Folding<A> {

    /**
     * The kernel and the bias of a block with its batch normalisation, by name; see {@link
     * ConvBlock#folded}.
     */
    Map<String, A> folded(ConvBlock block, Map<String, A> exact);

    /**
     * Brings the gates of a sum of arrays into an order, and scales those of hard gates.
     *
     * @param gates the gates to keep, in order; g, which is not scaled, last
     * @param offset what a hard gate adds once it is scaled by 0.2
     * @param terms arrays whose last dimension has the gates i, f, g, o
     */
    A arranged(String gates, double offset, List<A> terms);
  }

  /** Folds the arrays of {@link ModelWeights#shapes}. */
  static <A> Map<String, A> folded(ModelSpec spec, Map<String, A> exact, Folding<A> folding) {
    Map<String, A> folded = new LinkedHashMap<>(exact);
    removeNormalizations(spec, folded);
    for (int number = 1; number <= spec.blocks().size(); number++) {
      folded.putAll(folding.folded(new ConvBlock(number), exact));
    }
    if (spec.recurrent() != null) {
      foldGates(spec, folded, folding);
    }
    return folded;
  }

  private static void removeNormalizations(ModelSpec spec, Map<String, ?> arrays) {
    for (int number = 1; number <= spec.blocks().size(); number++) {
      arrays.keySet().removeIf(new ConvBlock(number)::normalizes);
    }
  }

  private static boolean isUsedInOneStep(ModelSpec spec, String name) {
    return !name.startsWith("lstm/")
        || name.equals(KERNEL)
        || name.equals(BIAS)
        || (name.equals(ATTENTION_KERNEL) && spec.dependsOnBatch());
  }

  private static <A> void foldGates(ModelSpec spec, Map<String, A> folded, Folding<A> folding) {
    boolean oneStep = takesOneStep(spec);
    String gates = oneStep ? GATES_OF_ONE_STEP : GATES_OF_STEPS;
    boolean added = oneStep && spec.hasAttention() && !spec.dependsOnBatch();
    List<A> kernels =
        added
            ? List.of(folded.get(KERNEL), folded.get(ATTENTION_KERNEL))
            : List.of(folded.get(KERNEL));
    folded.put(KERNEL, folding.arranged(gates, 0, kernels));
    folded.put(BIAS, folding.arranged(gates, 0.5, List.of(folded.get(BIAS))));
    for (String name : List.of("lstm/recurrent_kernel", ATTENTION_KERNEL)) {
      folded.computeIfPresent(name, (key, array) -> folding.arranged(gates, 0, List.of(array)));
    }
    if (oneStep) {
      folded.keySet().removeIf(name -> !isUsedInOneStep(spec, name));
    }
  }

  /** Computes in float64 and rounds once. */
  private record OfValues(ModelSpec spec) implements Folding<WeightArray> {

    @Override
    public Map<String, WeightArray> folded(ConvBlock block, Map<String, WeightArray> exact) {
      return block.folded(exact);
    }

    @Override
    public WeightArray arranged(String gates, double offset, List<WeightArray> terms) {
      int cells = spec.cells();
      int width = gates.length() * cells;
      int[] shape = terms.get(0).shape().clone();
      shape[shape.length - 1] = width;
      float[] values = new float[WeightArray.size(shape)];
      for (int index = 0; index < values.length; index++) {
        char gate = gates.charAt(index % width / cells);
        int row = index / width;
        int from = (row * GATES.length() + GATES.indexOf(gate)) * cells + index % cells;
        double value = 0;
        for (WeightArray term : terms) {
          value += term.values()[from];
        }
        values[index] = (float) (isScaled(spec, gate) ? HARD_SLOPE * value + offset : value);
      }
      return new WeightArray(shape, values);
    }
  }

  /** Computes in a graph. */
  record InGraph(Ops tf, ModelSpec spec) implements Folding<Operand<TFloat32>> {

    @Override
    public Map<String, Operand<TFloat32>> folded(
        ConvBlock block, Map<String, Operand<TFloat32>> exact) {
      return block.folded(tf, exact);
    }

    @Override
    public Operand<TFloat32> arranged(String gates, double offset, List<Operand<TFloat32>> terms) {
      Operand<TFloat32> sum = terms.size() == 1 ? terms.get(0) : tf.math.addN(terms);
      Operand<TInt32> axis = tf.constant(sum.shape().numDimensions() - 1);
      List<? extends Operand<TFloat32>> parts = tf.split(axis, sum, (long) GATES.length()).output();
      List<Operand<TFloat32>> kept = new ArrayList<>();
      for (int place = 0; place < gates.length(); place++) {
        char gate = gates.charAt(place);
        Operand<TFloat32> part = parts.get(GATES.indexOf(gate));
        kept.add(isScaled(spec, gate) ? scaled(part, offset) : part);
      }
      return tf.concat(kept, axis);
    }

    private Operand<TFloat32> scaled(Operand<TFloat32> part, double offset) {
      return tf.math.add(
          tf.math.mul(part, tf.constant((float) HARD_SLOPE)), tf.constant((float) offset));
    }
  }

  private static boolean isScaled(ModelSpec spec, char gate) {
    return gate != 'g' && spec.gateActivation() == GateActivation.HARD_SIGMOID;
  }
}
