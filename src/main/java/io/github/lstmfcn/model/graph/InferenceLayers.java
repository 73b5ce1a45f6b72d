package io.github.lstmfcn.model.graph;

import io.github.lstmfcn.data.Preparation;
import io.github.lstmfcn.model.ConvolutionBlock;
import io.github.lstmfcn.model.Convolutions;
import io.github.lstmfcn.model.GateActivation;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.winograd.MinimalFiltering;
import io.github.lstmfcn.model.winograd.Phases;
import java.util.List;
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
 * The layers for inference, in fewer operations, with the arrays of {@link FoldedWeights}. Each
 * batch normalisation is folded into its convolution; an LSTM that takes one step from a state of
 * zeros has no recurrence, forget gate and alignment.
 *
 * @param <X> as in {@link NetworkLayers}
 */
public abstract sealed class InferenceLayers<X> implements NetworkLayers<X> {
  final Ops tf;
  final ModelSpec spec;
  final FoldedArrays arrays;

  private InferenceLayers(Ops tf, ModelSpec spec, FoldedArrays arrays) {
    this.tf = tf;
    this.spec = spec;
    this.arrays = arrays;
  }

  /**
   * Adds a model to a graph, with its weights as constants.
   *
   * @param convolutions how convolutions are computed; direct where there is no minimal filtering
   *     for the kernel size of a block
   * @param input float32 {@code (N, M, T)}
   */
  public static LstmFcnGraph.Outputs build(
      Ops tf, FoldedWeights weights, Convolutions convolutions, Operand<TFloat32> input) {
    return build(tf, weights.spec(), new FoldedConstants(tf, weights), convolutions, input);
  }

  /**
   * Adds a model to a graph, with weights that change while it is used.
   *
   * @param weights the operand of each array of {@link ModelWeights#shapes}
   * @param convolutions as in {@link #build(Ops, FoldedWeights, Convolutions, Operand)}
   * @param input float32 {@code (N, M, T)}
   */
  public static LstmFcnGraph.Outputs build(
      Ops tf,
      ModelSpec spec,
      Function<String, Operand<TFloat32>> weights,
      Convolutions convolutions,
      Operand<TFloat32> input) {
    return build(tf, spec, new FoldedVariables(tf, spec, weights), convolutions, input);
  }

  private static LstmFcnGraph.Outputs build(
      Ops tf,
      ModelSpec spec,
      FoldedArrays arrays,
      Convolutions convolutions,
      Operand<TFloat32> input) {
    InferenceLayers<?> layers =
        MinimalFiltering.isUsed(convolutions, spec.blocks())
            ? new Winograd(tf, spec, arrays, convolutions.tile().orElseThrow())
            : new Direct(tf, spec, arrays);
    return LstmFcnGraph.build(tf, spec, layers, input);
  }

  @Override
  public Operand<TFloat32> recurrent(String name, Operand<TFloat32> input) {
    Ops scope = tf.withSubScope("recurrent");
    RecurrentInput x = RecurrentInput.of(scope, spec, input, arrays::array); // (N, steps, features)
    return FoldedWeights.takesOneStep(spec)
        ? oneStep(scope, name, scope.squeeze(x.x(), Squeeze.axis(List.of(1L))))
        : tf.withName(name)
            .identity(UnrolledLstm.forInference(scope, spec, x, arrays::array, new Cell(scope)));
  }

  /**
   * {@code h = o tanh(i g)}.
   *
   * @param scope for all operations but the last, which has the name
   * @param x float32 {@code (N, features)}
   */
  private Operand<TFloat32> oneStep(Ops scope, String name, Operand<TFloat32> x) {
    Operand<TFloat32> z =
        scope.linalg.matMul(x, arrays.array("lstm/kernel")); // (N, 3 cells): i, o, g
    if (spec.dependsOnBatch()) {
      Operand<TFloat32> sum =
          scope.reduceSum(x, scope.constant(0), ReduceSum.keepDims(true)); // (1, T)
      z = scope.math.add(z, scope.linalg.matMul(sum, arrays.array("lstm/attention_kernel")));
    }
    z = scope.nn.biasAdd(z, arrays.array("lstm/bias"));
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
    return arrays.array(name);
  }

  /** Holds series as float32 {@code (N, 1, T, channels)}. */
  private static final class Direct extends InferenceLayers<Operand<TFloat32>> {

    Direct(Ops tf, ModelSpec spec, FoldedArrays arrays) {
      super(tf, spec, arrays);
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
          scope.nn.conv2d(x, arrays.image(block.kernel()), List.of(1L, 1L, 1L, 1L), "SAME");
      conv = scope.nn.biasAdd(conv, arrays.array(block.bias()));
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

    Winograd(Ops tf, ModelSpec spec, FoldedArrays arrays, int tile) {
      super(tf, spec, arrays);
      this.tile = tile;
    }

    @Override
    public Series permuted(Operand<TFloat32> input) {
      return new Series(input, null);
    }

    @Override
    public Series block(int number, Series x) {
      ConvBlock block = new ConvBlock(number);
      Operand<TFloat32> bias = arrays.array(block.bias());
      if (x.phases() == null) {
        Operand<TFloat32> kernel = arrays.array(block.kernel());
        Operand<TFloat32> conv = Phases.convolved(tf, spec.length(), tile, x.input(), kernel, bias);
        return new Series(null, Phases.parted(tf, spec.length(), tile, tf.nn.relu(conv)));
      }
      int channels = spec.blocks().get(number - 2).filters();
      ConvolutionBlock sizes = spec.blocks().get(number - 1);
      MinimalFiltering filtering = new MinimalFiltering(sizes.kernelSize(), tile);
      List<Operand<TFloat32>> values = filtering.values(tf, x.phases(), channels);
      List<Operand<TFloat32>> matrices = arrays.matrices(block.kernel(), filtering);
      List<Operand<TFloat32>> products = MinimalFiltering.products(tf, values, matrices, bias);
      return new Series(
          null, filtering.steps(tf, spec.length(), products, sizes.filters(), tf.nn::relu));
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
