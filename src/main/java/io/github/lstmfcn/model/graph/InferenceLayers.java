package io.github.lstmfcn.model.graph;

import io.github.lstmfcn.data.Preparation;
import io.github.lstmfcn.model.Convolutions;
import io.github.lstmfcn.model.GateActivation;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.WeightArray;
import io.github.lstmfcn.model.winograd.MinimalFiltering;
import io.github.lstmfcn.model.winograd.Phases;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * The layers for inference, in fewer operations and with their weights as constants. Each batch
 * normalisation is folded into its convolution; an LSTM that takes one step from a state of zeros
 * has no recurrence, forget gate and alignment.
 *
 * @param <X> as in {@link NetworkLayers}
 */
public abstract sealed class InferenceLayers<X> implements NetworkLayers<X> {
  final Ops tf;
  final ModelSpec spec;
  final FoldedWeights weights;
  final Function<String, Operand<TFloat32>> arrays;

  private InferenceLayers(Ops tf, FoldedWeights weights) {
    this.tf = tf;
    this.weights = weights;
    spec = weights.spec();
    arrays = LstmFcnSession.constants(tf, weights.arrays());
  }

  /**
   * Adds a model to a graph.
   *
   * @param convolutions how convolutions are computed; direct where there is no minimal filtering
   *     for the kernel size of a block
   * @param input float32 {@code (N, M, T)}
   */
  public static LstmFcnGraph.Outputs build(
      Ops tf, FoldedWeights weights, Convolutions convolutions, Operand<TFloat32> input) {
    ModelSpec spec = weights.spec();
    InferenceLayers<?> layers =
        MinimalFiltering.isUsed(convolutions, spec.blocks())
            ? new Winograd(tf, weights, convolutions.tile().orElseThrow())
            : new Direct(tf, weights);
    return LstmFcnGraph.build(tf, spec, layers, input);
  }

  @Override
  public Operand<TFloat32> recurrent(Operand<TFloat32> input) {
    RecurrentInput x = RecurrentInput.of(tf, spec, input, arrays); // (N, steps, features)
    return FoldedWeights.takesOneStep(spec)
        ? oneStep(tf.squeeze(x.x(), Squeeze.axis(List.of(1L))))
        : UnrolledLstm.apply(tf, spec, x, arrays, this::advance);
  }

  /**
   * {@code h = o tanh(i g)}.
   *
   * @param x float32 {@code (N, features)}
   */
  private Operand<TFloat32> oneStep(Operand<TFloat32> x) {
    Operand<TFloat32> z = tf.linalg.matMul(x, arrays.apply("lstm/kernel")); // (N, 3 cells)
    if (spec.dependsOnBatch()) {
      Operand<TFloat32> sum = tf.reduceSum(x, tf.constant(0), ReduceSum.keepDims(true)); // (1, T)
      z = tf.math.add(z, tf.linalg.matMul(sum, arrays.apply("lstm/attention_kernel")));
    }
    z = tf.nn.biasAdd(z, arrays.apply("lstm/bias"));
    List<? extends Operand<TFloat32>> parts = tf.split(tf.constant(1), z, 3L).output();
    GateActivation gates = spec.gateActivation();
    Operand<TFloat32> i = Gate.apply(tf, gates, parts.get(0)); // (N, cells)
    Operand<TFloat32> g = tf.math.tanh(parts.get(1));
    Operand<TFloat32> o = Gate.apply(tf, gates, parts.get(2));
    return tf.math.mul(o, tf.math.tanh(tf.math.mul(i, g)));
  }

  /** A step of the cell with the gates of {@link FoldedWeights}: i, f, o, g. */
  private Lstm.State advance(Operand<TFloat32> z, Lstm.State previous) {
    int cells = spec.cells();
    Operand<TFloat32> gates = columns(z, 0, 3 * cells); // (N, 3 cells)
    gates =
        spec.gateActivation() == GateActivation.HARD_SIGMOID
            ? tf.clipByValue(gates, tf.constant(0f), tf.constant(1f))
            : tf.math.sigmoid(gates);
    List<? extends Operand<TFloat32>> parts = tf.split(tf.constant(1), gates, 3L).output();
    Operand<TFloat32> added = tf.math.mul(parts.get(0), tf.math.tanh(columns(z, 3 * cells, cells)));
    Operand<TFloat32> c = tf.math.add(tf.math.mul(parts.get(1), previous.c()), added);
    return new Lstm.State(tf.math.mul(parts.get(2), tf.math.tanh(c)), c);
  }

  private Operand<TFloat32> columns(Operand<TFloat32> x, int first, int count) {
    return tf.slice(x, tf.constant(new int[] {0, first}), tf.constant(new int[] {-1, count}));
  }

  /**
   * Makes the probabilities of a series NaN if sums in the network could overflow: on some
   * processors a ReLU turns the NaN of such a sum into 0, and the probabilities would look valid.
   */
  @Override
  public Operand<TFloat32> checked(Operand<TFloat32> features, Operand<TFloat32> input) {
    Operand<TFloat32> largest = // (N)
        tf.reduceMax(tf.math.abs(input), tf.constant(new int[] {1, 2}));
    Operand<TBool> valid = tf.math.lessEqual(largest, tf.constant(Preparation.LARGEST_VALUE));
    return tf.select(tf.expandDims(valid, tf.constant(1)), features, tf.constant(Float.NaN));
  }

  @Override
  public Operand<TFloat32> weight(String name) {
    return arrays.apply(name);
  }

  /** Holds series as float32 {@code (N, 1, T, channels)}. */
  private static final class Direct extends InferenceLayers<Operand<TFloat32>> {

    Direct(Ops tf, FoldedWeights weights) {
      super(tf, weights);
    }

    @Override
    public Operand<TFloat32> permuted(Operand<TFloat32> input) {
      return spec.variables() == 1
          ? tf.expandDims(input, tf.constant(3)) // (N, 1, T, 1)
          : tf.expandDims(RecurrentInput.transposed(tf, input), tf.constant(1)); // (N, 1, T, M)
    }

    @Override
    public Operand<TFloat32> block(int number, Operand<TFloat32> x) {
      ConvBlock block = new ConvBlock(number);
      Operand<TFloat32> kernel = tf.expandDims(arrays.apply(block.kernel()), tf.constant(0));
      Operand<TFloat32> conv = tf.nn.conv2d(x, kernel, List.of(1L, 1L, 1L, 1L), "SAME");
      return tf.nn.relu(tf.nn.biasAdd(conv, arrays.apply(block.bias())));
    }

    @Override
    public Operand<TFloat32> scaled(int number, Operand<TFloat32> x, Operand<TFloat32> scale) {
      int filters = spec.blocks().get(number - 1).filters();
      Operand<TFloat32> factors = tf.reshape(scale, tf.constant(new int[] {-1, 1, 1, filters}));
      return tf.math.mul(x, factors); // (N, 1, T, filters)
    }

    @Override
    public Operand<TFloat32> pooled(Operand<TFloat32> x) {
      return tf.math.mean(x, tf.constant(new int[] {1, 2})); // (N, filters)
    }
  }

  /**
   * Series in phases; before the first block, the input itself.
   *
   * @param input float32 {@code (N, M, T)}; null from the first block on
   * @param phases the phases; null before the first block
   */
  private record Series(Operand<TFloat32> input, Phases phases) {}

  private static final class Winograd extends InferenceLayers<Series> {
    private final int tile;

    Winograd(Ops tf, FoldedWeights weights, int tile) {
      super(tf, weights);
      this.tile = tile;
    }

    @Override
    public Series permuted(Operand<TFloat32> input) {
      return new Series(input, null);
    }

    @Override
    public Series block(int number, Series x) {
      ConvBlock block = new ConvBlock(number);
      Operand<TFloat32> bias = arrays.apply(block.bias());
      if (x.phases() == null) {
        Operand<TFloat32> kernel = arrays.apply(block.kernel());
        Operand<TFloat32> conv = Phases.convolved(tf, spec.length(), tile, x.input(), kernel, bias);
        return new Series(null, Phases.parted(tf, spec.length(), tile, tf.nn.relu(conv)));
      }
      WeightArray kernel = weights.arrays().get(block.kernel());
      MinimalFiltering filtering = new MinimalFiltering(kernel.shape()[0], tile);
      List<Operand<TFloat32>> values = filtering.values(tf, x.phases(), kernel.shape()[1]);
      List<Operand<TFloat32>> matrices = matrices(number, filtering.matrices(kernel));
      List<Operand<TFloat32>> products = MinimalFiltering.products(tf, values, matrices, bias);
      int filters = kernel.shape()[2];
      return new Series(null, filtering.steps(tf, spec.length(), products, filters, tf.nn::relu));
    }

    private List<Operand<TFloat32>> matrices(int number, List<WeightArray> matrices) {
      Map<String, WeightArray> named = new LinkedHashMap<>();
      for (WeightArray matrix : matrices) {
        named.put("conv" + number + "/matrix" + named.size(), matrix);
      }
      Function<String, Operand<TFloat32>> constants = LstmFcnSession.constants(tf, named);
      List<Operand<TFloat32>> operands = new ArrayList<>();
      named.keySet().forEach(name -> operands.add(constants.apply(name)));
      return operands;
    }

    @Override
    public Series scaled(int number, Series x, Operand<TFloat32> scale) {
      return new Series(null, x.phases().scaled(tf, scale));
    }

    @Override
    public Operand<TFloat32> pooled(Series x) {
      return x.phases().mean(tf); // (N, filters)
    }
  }
}
