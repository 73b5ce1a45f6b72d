package io.github.lstmfcn.model.winograd;

import io.github.lstmfcn.model.ConvolutionBlock;
import io.github.lstmfcn.model.Convolutions;
import io.github.lstmfcn.model.WeightArray;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A convolution along time by minimal filtering: for {@code m} steps, a tile, and a kernel of size
 * {@code k}, it multiplies the channels of a step by a matrix {@code n = m + k - 1} times, where
 * the plain sum would take {@code m k} such products. Everything else are additions.
 *
 * <p>Winograd: <i>Arithmetic Complexity of Computations</i> (1980); for networks Lavin, Gray:
 * <i>Fast Algorithms for Convolutional Neural Networks</i> (2016).
 */
public final class MinimalFiltering {
  private final ToomCook matrices;
  private final int tile;

  /** The number of steps by which window 0 begins before its tile. */
  private final int before;

  /**
   * Whether minimal filtering computes the blocks from the second on: it is asked for, and there
   * are matrices for the kernels of all of them.
   */
  public static boolean isUsed(Convolutions convolutions, List<ConvolutionBlock> blocks) {
    return convolutions.tile().isPresent()
        && blocks.stream()
            .skip(1)
            .allMatch(block -> block.kernelSize() == 3 || block.kernelSize() == 5);
  }

  /**
   * Computes the matrices for a kernel size.
   *
   * @param kernelSize 3 or 5
   * @param tile the number of steps of a tile, 4 or 6
   */
  public MinimalFiltering(int kernelSize, int tile) {
    matrices = ToomCook.of(kernelSize, tile);
    this.tile = tile;
    before = (kernelSize - 1) / 2;
  }

  /**
   * Transforms a kernel to its matrices, computed in float64.
   *
   * @param kernel {@code (k, in, out)}
   * @return {@code n} arrays {@code (in, out)}
   */
  public List<WeightArray> matrices(WeightArray kernel) {
    int in = kernel.shape()[1];
    int out = kernel.shape()[2];
    List<WeightArray> all = new ArrayList<>();
    for (double[] coefficients : matrices.kernels()) {
      float[] matrix = new float[in * out];
      for (int index = 0; index < matrix.length; index++) {
        double sum = 0;
        for (int tap = 0; tap < coefficients.length; tap++) {
          sum += coefficients[tap] * kernel.values()[tap * matrix.length + index];
        }
        matrix[index] = (float) sum;
      }
      all.add(new WeightArray(new int[] {in, out}, matrix));
    }
    return all;
  }

  /**
   * Transforms a kernel that changes during training to its matrices, in the graph.
   *
   * @param kernel float32 {@code (k, in, out)}
   * @return {@code n} operands float32 {@code (in, out)}
   */
  public List<Operand<TFloat32>> matrices(Ops tf, Operand<TFloat32> kernel) {
    long in = kernel.shape().get(1);
    long out = kernel.shape().get(2);
    Operand<TFloat32> taps =
        tf.reshape(kernel, tf.constant(new long[] {-1, in * out})); // (k, in out)
    Operand<TFloat32> all = tf.linalg.matMul(kernels(tf), taps); // (n, in out)
    all = tf.reshape(all, tf.constant(new long[] {-1, in, out}));
    return List.copyOf(tf.unstack(all, (long) matrices.products()).output());
  }

  /**
   * The transpose of {@link #matrices(Ops, Operand)}.
   *
   * @param gradients the gradients by the matrices
   * @return the gradient by the kernel, float32 {@code (k, in, out)}
   */
  Operand<TFloat32> kernelGradient(Ops tf, List<Operand<TFloat32>> gradients) {
    Shape shape = gradients.get(0).shape(); // (in, out)
    long size = shape.get(0) * shape.get(1);
    Operand<TFloat32> all =
        tf.reshape(tf.stack(gradients), tf.constant(new long[] {-1, size})); // (n, in out)
    all = tf.linalg.matMul(kernels(tf), all, MatMul.transposeA(true)); // (k, in out)
    return tf.reshape(all, tf.constant(new long[] {-1, shape.get(0), shape.get(1)}));
  }

  /** The matrix that transforms kernels, float32 {@code (n, k)}. */
  private Operand<TFloat32> kernels(Ops tf) {
    double[][] rows = matrices.kernels();
    float[] values = new float[rows.length * rows[0].length];
    for (int index = 0; index < values.length; index++) {
      values[index] = (float) rows[index / rows[0].length][index % rows[0].length];
    }
    return tf.constant(Shape.of(rows.length, rows[0].length), DataBuffers.of(values));
  }

  /**
   * Transforms series to the values by which the matrices are multiplied.
   *
   * @return {@code n} operands float32 {@code (tiles N, channels)}
   */
  public List<Operand<TFloat32>> values(Ops tf, Phases x, int channels) {
    List<Operand<TFloat32>> windows = new ArrayList<>();
    for (int step = 0; step < matrices.products(); step++) {
      windows.add(rows(tf, x.window(tf, step - before), channels));
    }
    return LinearCombinations.atPoints(tf, windows, matrices.inputs());
  }

  /** The transpose of {@link #values}. */
  Phases valuesGradient(Ops tf, int length, List<Operand<TFloat32>> gradients, int channels) {
    double[][] columns = ToomCook.transposed(matrices.inputs());
    List<Operand<TFloat32>> windows = new ArrayList<>();
    for (Operand<TFloat32> window : LinearCombinations.fromPoints(tf, gradients, columns)) {
      windows.add(tiles(tf, length, window, channels));
    }
    return Phases.sum(tf, length, tile, windows, -before);
  }

  /**
   * Multiplies each value by its matrix. The bias is added to the product at the point 1, which is
   * part of each step of the tile, so that one addition serves all of them.
   *
   * @param bias float32 {@code (out)}
   * @return {@code n} operands float32 {@code (tiles N, out)}
   */
  public static List<Operand<TFloat32>> products(
      Ops tf,
      List<Operand<TFloat32>> values,
      List<Operand<TFloat32>> matrices,
      Operand<TFloat32> bias) {
    List<Operand<TFloat32>> products = new ArrayList<>();
    for (int point = 0; point < values.size(); point++) {
      products.add(tf.linalg.matMul(values.get(point), matrices.get(point)));
    }
    products.set(ToomCook.ONE, tf.nn.biasAdd(products.get(ToomCook.ONE), bias));
    return products;
  }

  /**
   * Transforms the products to the steps of the convolution's output.
   *
   * @param products {@code n} operands float32 {@code (tiles N, channels)}
   * @param activation the activation function, applied to each phase, float32 {@code (tiles N,
   *     channels)}
   */
  public Phases steps(
      Ops tf,
      int length,
      List<Operand<TFloat32>> products,
      int channels,
      UnaryOperator<Operand<TFloat32>> activation) {
    List<Operand<TFloat32>> steps = new ArrayList<>();
    for (Operand<TFloat32> step : LinearCombinations.fromPoints(tf, products, matrices.outputs())) {
      steps.add(tiles(tf, length, activation.apply(step), channels));
    }
    return Phases.truncated(tf, length, steps);
  }

  /** The number of steps of a tile. */
  int tile() {
    return tile;
  }

  /** The transpose of {@link #steps}, without activation. */
  List<Operand<TFloat32>> stepsGradient(Ops tf, Phases gradients, int channels) {
    List<Operand<TFloat32>> steps = new ArrayList<>();
    for (int step = 0; step < tile; step++) {
      steps.add(rows(tf, gradients.window(tf, step), channels));
    }
    return LinearCombinations.atPoints(tf, steps, ToomCook.transposed(matrices.outputs()));
  }

  private static Operand<TFloat32> rows(Ops tf, Operand<TFloat32> x, int channels) {
    return tf.reshape(x, tf.constant(new int[] {-1, channels})); // (tiles N, channels)
  }

  private Operand<TFloat32> tiles(Ops tf, int length, Operand<TFloat32> x, int channels) {
    Operand<TInt32> shape = tf.constant(new int[] {Phases.tiles(length, tile), -1, channels});
    return tf.reshape(x, shape); // (tiles, N, channels)
  }
}
