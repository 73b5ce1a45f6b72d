package io.github.lstmfcn.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A convolution along time by minimal filtering: four steps of a kernel of size {@code k} take
 * {@code n = k + 3} products of a step's channels with a matrix, where term by term they take
 * {@code 4 k}. Everything else is sums.
 *
 * <p>Winograd: <i>Arithmetic Complexity of Computations</i> (1980); for networks Lavin, Gray:
 * <i>Fast Algorithms for Convolutional Neural Networks</i> (2016), whose matrices {@code B^T},
 * {@code G} and {@code A^T} are {@code inputs}, {@code kernels} and {@code outputs} here. They come
 * of Toom's and Cook's construction: {@code n} values of a polynomial, at 0, at pairs of points
 * {@code p} and {@code -p}, and at infinity.
 */
final class MinimalFiltering {
  /** In the order in which they are used; small, for the sake of rounding. */
  private static final double[] POINTS = {0, 1, -1, 2, -2, 0.5, -0.5};

  private static final int ONE = 1; // its place

  private final int products;
  private final double[][] inputs;
  private final double[][] kernels;
  private final double[][] outputs;

  /**
   * Prepares for a size of kernel.
   *
   * @param kernelSize odd, from 3 to 5
   */
  MinimalFiltering(int kernelSize) {
    products = kernelSize + Phases.COUNT - 1;
    inputs = new double[products][];
    kernels = new double[products][];
    outputs = new double[Phases.COUNT][products];
    int infinity = products - 1;
    for (int point = 0; point < infinity; point++) {
      double p = POINTS[point];
      inputs[point] = polynomial(point);
      double scale = 1 / value(inputs[point], p);
      kernels[point] = powers(p, kernelSize, scale);
      double[] powers = powers(p, Phases.COUNT, 1);
      for (int step = 0; step < Phases.COUNT; step++) {
        outputs[step][point] = powers[step];
      }
    }
    inputs[infinity] = polynomial(infinity);
    kernels[infinity] = new double[kernelSize];
    kernels[infinity][kernelSize - 1] = 1;
    outputs[Phases.COUNT - 1][infinity] = 1;
  }

  /** The coefficients, lowest first, of the polynomial that is 0 at every point but one. */
  private double[] polynomial(int without) {
    double[] coefficients = new double[products];
    coefficients[0] = 1;
    for (int point = 0; point < products - 1; point++) {
      if (point != without) {
        for (int power = products - 1; power >= 0; power--) {
          double lower = power == 0 ? 0 : coefficients[power - 1];
          coefficients[power] = lower - POINTS[point] * coefficients[power];
        }
      }
    }
    return coefficients;
  }

  private static double value(double[] polynomial, double x) {
    double value = 0;
    for (int power = polynomial.length - 1; power >= 0; power--) {
      value = value * x + polynomial[power];
    }
    return value;
  }

  private static double[] powers(double x, int count, double scale) {
    double[] powers = new double[count];
    for (int power = 0; power < count; power++) {
      powers[power] = scale;
      scale *= x;
    }
    return powers;
  }

  /**
   * The matrices that a kernel becomes, computed in float64.
   *
   * @param kernel {@code (k, in, out)}
   * @return {@code n} arrays {@code (in, out)}
   */
  List<WeightArray> matrices(WeightArray kernel) {
    int in = kernel.shape()[1];
    int out = kernel.shape()[2];
    List<WeightArray> matrices = new ArrayList<>();
    for (double[] coefficients : kernels) {
      float[] matrix = new float[in * out];
      for (int index = 0; index < matrix.length; index++) {
        double sum = 0;
        for (int tap = 0; tap < coefficients.length; tap++) {
          sum += coefficients[tap] * kernel.values()[tap * matrix.length + index];
        }
        matrix[index] = (float) sum;
      }
      matrices.add(new WeightArray(new int[] {in, out}, matrix));
    }
    return matrices;
  }

  /**
   * Adds the convolution, {@code same} at the ends, and ReLU to a graph.
   *
   * @param x {@code in} channels
   * @param matrices those of the kernel, {@code n} times float32 {@code (in, out)}
   * @param bias float32 {@code (out)}
   * @return {@code out} channels
   */
  Phases apply(Ops tf, Phases x, List<Operand<TFloat32>> matrices, Operand<TFloat32> bias) {
    int before = (products - Phases.COUNT) / 2;
    List<Operand<TFloat32>> windows = new ArrayList<>();
    for (int step = 0; step < products; step++) {
      windows.add(x.window(tf, step - before)); // (tiles, N, in)
    }
    List<Operand<TFloat32>> multiplied = new ArrayList<>();
    for (Operand<TFloat32> value : values(tf, windows)) {
      Operand<TFloat32> matrix = matrices.get(multiplied.size());
      multiplied.add(tf.linalg.matMul(rows(tf, value, matrix), matrix)); // (tiles N, out)
    }
    // The value at 1 is once in every step.
    multiplied.set(ONE, tf.nn.biasAdd(multiplied.get(ONE), bias));

    Operand<TInt32> shape =
        tf.constant(new int[] {Phases.tiles(x.length()), -1, channels(matrices.get(0), 1)});
    List<Operand<TFloat32>> steps = new ArrayList<>();
    for (Operand<TFloat32> step : steps(tf, multiplied)) {
      steps.add(tf.reshape(tf.nn.relu(step), shape)); // (tiles, N, out)
    }
    return Phases.cut(tf, x.length(), steps);
  }

  private static Operand<TFloat32> rows(Ops tf, Operand<TFloat32> x, Operand<TFloat32> matrix) {
    return tf.reshape(x, tf.constant(new int[] {-1, channels(matrix, 0)})); // (tiles N, in)
  }

  private static int channels(Operand<TFloat32> matrix, int dimension) {
    return (int) matrix.shape().get(dimension);
  }

  /** At a pair of points the even powers plus and minus the odd ones. */
  private List<Operand<TFloat32>> values(Ops tf, List<Operand<TFloat32>> windows) {
    Multiples multiples = new Multiples(tf, windows);
    List<Operand<TFloat32>> values = new ArrayList<>();
    values.add(multiples.sum(inputs[0]));
    for (int point = ONE; point < products - 1; point += 2) {
      Operand<TFloat32> even = multiples.sum(everySecond(inputs[point], 0));
      Operand<TFloat32> odd = multiples.sum(everySecond(inputs[point], 1));
      values.add(tf.math.add(even, odd));
      values.add(tf.math.sub(even, odd));
    }
    values.add(multiples.sum(inputs[products - 1]));
    return values;
  }

  private static double[] everySecond(double[] coefficients, int first) {
    double[] kept = new double[coefficients.length];
    for (int power = first; power < kept.length; power += 2) {
      kept[power] = coefficients[power];
    }
    return kept;
  }

  /** Even powers of a pair of points are equal, odd ones opposite. */
  private List<Operand<TFloat32>> steps(Ops tf, List<Operand<TFloat32>> multiplied) {
    List<Operand<TFloat32>> sums = new ArrayList<>(multiplied);
    for (int point = ONE; point < products - 1; point += 2) {
      Operand<TFloat32> plus = multiplied.get(point);
      Operand<TFloat32> minus = multiplied.get(point + 1);
      sums.set(point, tf.math.add(plus, minus));
      sums.set(point + 1, tf.math.sub(plus, minus));
    }
    Multiples multiples = new Multiples(tf, sums);
    List<Operand<TFloat32>> steps = new ArrayList<>();
    for (int step = 0; step < Phases.COUNT; step++) {
      double[] coefficients = new double[products];
      for (int point = ONE; point < products - 1; point += 2) {
        coefficients[point + step % 2] = outputs[step][point];
      }
      coefficients[0] = outputs[step][0];
      coefficients[products - 1] = outputs[step][products - 1];
      steps.add(multiples.sum(coefficients));
    }
    return steps;
  }

  /**
   * Multiples of tensors, each made once however many sums it is in. Sums are of two at a time:
   * AddN begins with whichever of its inputs nothing else waits for, so that its last bit would
   * change from run to run.
   */
  private record Multiples(
      Ops tf, List<Operand<TFloat32>> tensors, Map<String, Operand<TFloat32>> made) {
    Multiples(Ops tf, List<Operand<TFloat32>> tensors) {
      this(tf, tensors, new HashMap<>());
    }

    /** From the last tensor, whose coefficient is mostly 1, to the first. */
    Operand<TFloat32> sum(double[] coefficients) {
      Operand<TFloat32> sum = null;
      for (int index = coefficients.length - 1; index >= 0; index--) {
        float factor = (float) coefficients[index];
        if (sum == null && factor != 0) {
          sum = multiple(index, factor);
        } else if (factor == -1) {
          sum = tf.math.sub(sum, tensors.get(index));
        } else if (factor != 0) {
          sum = tf.math.add(sum, multiple(index, factor));
        }
      }
      return sum;
    }

    private Operand<TFloat32> multiple(int index, float factor) {
      Operand<TFloat32> tensor = tensors.get(index);
      return factor == 1
          ? tensor
          : made.computeIfAbsent(
              index + " times " + factor, key -> tf.math.mul(tensor, tf.constant(factor)));
    }
  }
}
