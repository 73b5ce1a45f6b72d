package io.github.lstmfcn.model.winograd;

/**
 * The matrices of the algorithm of Toom and Cook, which multiplies polynomials by their values at
 * points: 0, pairs of points {@code p} and {@code -p}, and infinity. {@code m} steps of a filter of
 * {@code k} taps thus result from {@code n = m + k - 1} products. In Lavin, Gray: <i>Fast
 * Algorithms for Convolutional Neural Networks</i> (2016) the matrices are called {@code B^T},
 * {@code G} and {@code A^T}.
 *
 * @param inputs {@code (n, n)}: transforms {@code n} consecutive steps
 * @param kernels {@code (n, k)}: transforms the taps of a kernel
 * @param outputs {@code (m, n)}: transforms products to steps
 */
record ToomCook(double[][] inputs, double[][] kernels, double[][] outputs) {
  /**
   * The finite points, in the order in which they are used; small numbers, to keep rounding errors
   * small.
   */
  private static final double[] POINTS = {0, 1, -1, 2, -2, 0.5, -0.5, 0.75, -0.75};

  /** The index of the point 1, whose product has the factor 1 in every step. */
  static final int ONE = 1;

  /**
   * Computes the matrices for a kernel size.
   *
   * @param kernelSize 3 or 5
   * @param steps the number of steps, 4 or 6
   */
  static ToomCook of(int kernelSize, int steps) {
    int infinity = kernelSize + steps - 2;
    double[][] inputs = new double[infinity + 1][];
    double[][] kernels = new double[infinity + 1][];
    double[][] outputs = new double[infinity + 1][];
    for (int point = 0; point < infinity; point++) {
      double p = POINTS[point];
      inputs[point] = polynomial(infinity, point);
      kernels[point] = powers(p, kernelSize, 1 / value(inputs[point], p));
      outputs[point] = powers(p, steps, 1);
    }
    inputs[infinity] = polynomial(infinity, infinity);
    kernels[infinity] = new double[kernelSize];
    kernels[infinity][kernelSize - 1] = 1;
    outputs[infinity] = new double[steps];
    outputs[infinity][steps - 1] = 1;
    return new ToomCook(inputs, kernels, transposed(outputs));
  }

  /** The coefficients, lowest power first, of the polynomial that is 0 at every point but one. */
  private static double[] polynomial(int points, int without) {
    double[] coefficients = new double[points + 1];
    coefficients[0] = 1;
    for (int point = 0; point < points; point++) {
      if (point != without) {
        for (int power = points; power >= 0; power--) {
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

  static double[][] transposed(double[][] rows) {
    double[][] columns = new double[rows[0].length][rows.length];
    for (int row = 0; row < rows.length; row++) {
      for (int column = 0; column < columns.length; column++) {
        columns[column][row] = rows[row][column];
      }
    }
    return columns;
  }

  /** The number of products. */
  int products() {
    return kernels.length;
  }
}
