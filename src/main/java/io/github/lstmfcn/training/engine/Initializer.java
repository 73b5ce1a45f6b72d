package io.github.lstmfcn.training.engine;

import io.github.lstmfcn.model.WeightArray;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** The initializers of Keras that are used here. */
enum Initializer {
  /** All values are 0. */
  ZEROS("zeros") {
    @Override
    void fill(float[] values, int[] shape, RandomGenerator random) {
      Arrays.fill(values, 0);
    }
  },
  /** All values are 1. */
  ONES("ones") {
    @Override
    void fill(float[] values, int[] shape, RandomGenerator random) {
      Arrays.fill(values, 1);
    }
  },
  /** Zeros, with ones for the forget gate, the second of four. */
  UNIT_FORGET_BIAS("unit_forget_bias") {
    @Override
    void fill(float[] values, int[] shape, RandomGenerator random) {
      int cells = values.length / 4;
      Arrays.fill(values, 0);
      Arrays.fill(values, cells, 2 * cells, 1);
    }
  },
  /** Uniform within {@code sqrt(6 / fan in)}: He et al. 2015. */
  HE_UNIFORM("he_uniform") {
    @Override
    void fill(float[] values, int[] shape, RandomGenerator random) {
      uniform(values, Math.sqrt(6.0 / fanIn(shape)), random);
    }
  },
  /**
   * Gaussian with the standard deviation {@code sqrt(2 / fan in)}, without what is more than two of
   * them away from 0, as in Keras 2.1.2: He et al. 2015.
   */
  HE_NORMAL("he_normal") {
    @Override
    void fill(float[] values, int[] shape, RandomGenerator random) {
      double deviation = Math.sqrt(2.0 / fanIn(shape));
      for (int i = 0; i < values.length; i++) {
        double value = random.nextGaussian();
        while (Math.abs(value) > 2) {
          value = random.nextGaussian();
        }
        values[i] = (float) (deviation * value);
      }
    }
  },
  /** Uniform within {@code sqrt(6 / (fan in + fan out))}: Glorot and Bengio 2010. */
  GLOROT_UNIFORM("glorot_uniform") {
    @Override
    void fill(float[] values, int[] shape, RandomGenerator random) {
      long fanOut = fanIn(shape) / shape[shape.length - 2] * shape[shape.length - 1];
      uniform(values, Math.sqrt(6.0 / (fanIn(shape) + fanOut)), random);
    }
  },
  /**
   * A random matrix whose columns, or rows if there are fewer, are orthonormal: Saxe et al. 2013.
   */
  ORTHOGONAL("orthogonal") {
    @Override
    void fill(float[] values, int[] shape, RandomGenerator random) {
      int rows = shape[0];
      int columns = shape[1];
      double[][] vectors = orthonormal(Math.min(rows, columns), Math.max(rows, columns), random);
      for (int row = 0; row < rows; row++) {
        for (int column = 0; column < columns; column++) {
          values[row * columns + column] =
              (float) (rows < columns ? vectors[row][column] : vectors[column][row]);
        }
      }
    }
  };

  private final String kerasName;

  Initializer(String kerasName) {
    this.kerasName = kerasName;
  }

  abstract void fill(float[] values, int[] shape, RandomGenerator random);

  /** Creates an array. */
  WeightArray array(int[] shape, RandomGenerator random) {
    float[] values = new float[Arrays.stream(shape).reduce(1, Math::multiplyExact)];
    fill(values, shape, random);
    return new WeightArray(shape, values);
  }

  private static long fanIn(int[] shape) {
    return Arrays.stream(shape, 0, shape.length - 1).asLongStream().reduce(1, Math::multiplyExact);
  }

  private static void uniform(float[] values, double limit, RandomGenerator random) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(-limit, limit);
    }
  }

  /**
   * Gaussian vectors, orthonormalized one after the other (Gram and Schmidt, twice each, to remove
   * rounding errors). Their directions stay uniform, as in the factor Q of a Gaussian matrix whose
   * R has a positive diagonal.
   */
  private static double[][] orthonormal(int count, int length, RandomGenerator random) {
    double[][] vectors = new double[count][length];
    for (int i = 0; i < count; i++) {
      Arrays.setAll(vectors[i], k -> random.nextGaussian());
      for (int pass = 0; pass < 2; pass++) {
        for (int j = 0; j < i; j++) {
          subtract(vectors[i], dot(vectors[i], vectors[j]), vectors[j]);
        }
      }
      double norm = Math.sqrt(dot(vectors[i], vectors[i]));
      for (int k = 0; k < length; k++) {
        vectors[i][k] /= norm;
      }
    }
    return vectors;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += a[k] * b[k];
    }
    return sum;
  }

  private static void subtract(double[] from, double factor, double[] vector) {
    for (int k = 0; k < from.length; k++) {
      from[k] -= factor * vector[k];
    }
  }

  /** The name in Keras. */
  @Override
  public String toString() {
    return kerasName;
  }
}
