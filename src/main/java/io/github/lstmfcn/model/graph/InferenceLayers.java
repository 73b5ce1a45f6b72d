package io.github.lstmfcn.model.graph;

import io.github.lstmfcn.data.Preparation;
import io.github.lstmfcn.model.ConvolutionBlock;
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
import java.util.function.UnaryOperator;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceMax;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

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

  /**
   * Layers with arrays as constants.
   *
   * @param constants the arrays of the weights, in the shapes that these layers take
   */
  private InferenceLayers(Ops tf, FoldedWeights weights, Map<String, WeightArray> constants) {
    this.tf = tf;
    this.weights = weights;
    spec = weights.spec();
    arrays = WeightConstants.of(tf, constants);
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
  public Operand<TFloat32> recurrent(String name, Operand<TFloat32> input) {
    Ops scope = tf.withSubScope("recurrent");
    RecurrentInput x = RecurrentInput.of(scope, spec, input, arrays); // (N, steps, features)
    return FoldedWeights.takesOneStep(spec)
        ? oneStep(scope, name, scope.squeeze(x.x(), Squeeze.axis(List.of(1L))))
        : tf.withName(name)
            .identity(UnrolledLstm.forInference(scope, spec, x, arrays, new Cell(scope)));
  }

  /**
   * {@code h = o tanh(i g)}.
   *
   * @param scope for all operations but the last, which has the name
   * @param x float32 {@code (N, features)}
   */
  private Operand<TFloat32> oneStep(Ops scope, String name, Operand<TFloat32> x) {
    Operand<TFloat32> z =
        scope.linalg.matMul(x, arrays.apply("lstm/kernel")); // (N, 3 cells): i, o, g
    if (spec.dependsOnBatch()) {
      Operand<TFloat32> sum =
          scope.reduceSum(x, scope.constant(0), ReduceSum.keepDims(true)); // (1, T)
      z = scope.math.add(z, scope.linalg.matMul(sum, arrays.apply("lstm/attention_kernel")));
    }
    z = scope.nn.biasAdd(z, arrays.apply("lstm/bias"));
    List<? extends Operand<TFloat32>> parts = scope.split(scope.constant(1), z, 3L).output();
    UnaryOperator<Operand<TFloat32>> gate = gate(scope);
    Operand<TFloat32> i = gate.apply(parts.get(0)); // (N, cells)
    Operand<TFloat32> o = gate.apply(parts.get(1));
    Operand<TFloat32> c = scope.math.mul(i, scope.math.tanh(parts.get(2)));
    return tf.withName(name).math.mul(o, scope.math.tanh(c));
  }

  /** The activation function of gates whose arrays are those of {@link FoldedWeights}. */
  private UnaryOperator<Operand<TFloat32>> gate(Ops scope) {
    if (spec.gateActivation() == GateActivation.SIGMOID) {
      return scope.math::sigmoid;
    }
    Operand<TFloat32> zero = scope.constant(0f);
    Operand<TFloat32> one = scope.constant(1f);
    return z -> scope.clipByValue(z, zero, one);
  }

  /** The cell with the gates of {@link FoldedWeights}: i, f, o, g. */
  private final class Cell implements UnrolledLstm.Cell {
    private final Ops scope;
    private final UnaryOperator<Operand<TFloat32>> gate;
    private final Operand<TInt32> axis;
    private final List<Operand<TInt32>> gates;
    private final List<Operand<TInt32>> candidate;

    Cell(Ops scope) {
      this.scope = scope;
      gate = gate(scope);
      axis = scope.constant(1);
      gates = columns(0, 3 * spec.cells());
      candidate = columns(3 * spec.cells(), spec.cells());
    }

    /** Where a slice of columns begins, and its size. */
    private List<Operand<TInt32>> columns(int first, int count) {
      return List.of(scope.constant(new int[] {0, first}), scope.constant(new int[] {-1, count}));
    }

    @Override
    public Lstm.State advance(Operand<TFloat32> z, Lstm.State previous) {
      Operand<TFloat32> ifo = gate.apply(slice(z, gates)); // (N, 3 cells)
      List<? extends Operand<TFloat32>> parts = scope.split(axis, ifo, 3L).output();
      Operand<TFloat32> g = scope.math.tanh(slice(z, candidate)); // (N, cells)
      Operand<TFloat32> added = scope.math.mul(parts.get(0), g);
      Operand<TFloat32> c = scope.math.add(scope.math.mul(parts.get(1), previous.c()), added);
      return new Lstm.State(scope.math.mul(parts.get(2), scope.math.tanh(c)), c);
    }

    private Operand<TFloat32> slice(Operand<TFloat32> z, List<Operand<TInt32>> columns) {
      return scope.slice(z, columns.get(0), columns.get(1));
    }
  }

  /**
   * Makes the probabilities of a series NaN if sums in the network could overflow: on some
   * processors a ReLU turns the NaN of such a sum into 0, and the probabilities would look valid.
   */
  @Override
  public Operand<TFloat32> checked(Operand<TFloat32> features, Operand<TFloat32> input) {
    Ops scope = tf.withSubScope("check");
    Operand<TFloat32> largest = // (N, 1, 1)
        scope.reduceMax(
            scope.math.abs(input), scope.constant(new int[] {1, 2}), ReduceMax.keepDims(true));
    Operand<TBool> valid = // (N, 1)
        scope.math.lessEqual(
            scope.squeeze(largest, Squeeze.axis(List.of(2L))),
            scope.constant(Preparation.LARGEST_VALUE));
    return scope.select(valid, features, scope.constant(Float.NaN));
  }

  @Override
  public Operand<TFloat32> weight(String name) {
    return arrays.apply(name);
  }

  /** Holds series as float32 {@code (N, 1, T, channels)}. */
  private static final class Direct extends InferenceLayers<Operand<TFloat32>> {

    Direct(Ops tf, FoldedWeights weights) {
      super(tf, weights, withImages(weights));
    }

    /** The arrays, with kernels of images of height 1: {@code (1, k, in, out)}. */
    private static Map<String, WeightArray> withImages(FoldedWeights weights) {
      Map<String, WeightArray> arrays = new LinkedHashMap<>(weights.arrays());
      for (int number = 1; number <= weights.spec().blocks().size(); number++) {
        arrays.computeIfPresent(
            new ConvBlock(number).kernel(),
            (name, kernel) -> {
              int[] shape = kernel.shape();
              return new WeightArray(new int[] {1, shape[0], shape[1], shape[2]}, kernel.values());
            });
      }
      return arrays;
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
      Ops scope = tf.withSubScope(ConvolutionBlock.convolution(number));
      Operand<TFloat32> conv =
          scope.nn.conv2d(x, arrays.apply(block.kernel()), List.of(1L, 1L, 1L, 1L), "SAME");
      conv = scope.nn.biasAdd(conv, arrays.apply(block.bias()));
      return tf.withName("relu" + number).nn.relu(conv); // (N, 1, T, filters)
    }

    @Override
    public Operand<TFloat32> scaled(int number, Operand<TFloat32> x, Operand<TFloat32> scale) {
      int filters = spec.blocks().get(number - 1).filters();
      Operand<TFloat32> factors = tf.reshape(scale, tf.constant(new int[] {-1, 1, 1, filters}));
      return tf.math.mul(x, factors); // (N, 1, T, filters)
    }

    @Override
    public Operand<TFloat32> pooled(String name, Operand<TFloat32> x) {
      return tf.withName(name).math.mean(x, tf.constant(new int[] {1, 2})); // (N, filters)
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
      super(tf, weights, weights.arrays());
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
      Function<String, Operand<TFloat32>> constants = WeightConstants.of(tf, named);
      List<Operand<TFloat32>> operands = new ArrayList<>();
      named.keySet().forEach(name -> operands.add(constants.apply(name)));
      return operands;
    }

    @Override
    public Series scaled(int number, Series x, Operand<TFloat32> scale) {
      return new Series(null, x.phases().scaled(tf, scale));
    }

    @Override
    public Operand<TFloat32> pooled(String name, Series x) {
      return tf.withName(name).identity(x.phases().mean(tf)); // (N, filters)
    }
  }
}
