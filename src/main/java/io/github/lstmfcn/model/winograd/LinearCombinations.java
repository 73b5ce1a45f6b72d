package io.github.lstmfcn.model.winograd;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Linear combinations of tensors by the matrices of {@link ToomCook}. At the two points of a pair,
 * even powers are equal and odd ones opposite, which halves the work; a multiple is computed once,
 * however many sums it is part of.
 *
 * <p>Tensors are added two at a time: AddN begins with whichever of its inputs is ready first, so
 * that the last bit of its sum would vary from run to run.
 */
final class LinearCombinations {
  private final Ops tf;
  private final List<Operand<TFloat32>> tensors;
  private final Map<String, Operand<TFloat32>> multiples = new HashMap<>();

  private LinearCombinations(Ops tf, List<Operand<TFloat32>> tensors) {
    this.tf = tf;
    this.tensors = tensors;
  }

  /**
   * The values of polynomials at the points.
   *
   * @param powers the coefficients of the polynomials: tensors of one shape, one per power
   * @param rows for each point, the factors of the powers
   * @return one tensor per point
   */
  static List<Operand<TFloat32>> atPoints(Ops tf, List<Operand<TFloat32>> powers, double[][] rows) {
    LinearCombinations combinations = new LinearCombinations(tf, powers);
    List<Operand<TFloat32>> values = new ArrayList<>();
    values.add(combinations.sum(rows[0]));
    for (int point = 1; point < rows.length - 1; point += 2) {
      Operand<TFloat32> even = combinations.sum(everySecond(rows[point], 0));
      Operand<TFloat32> odd = combinations.sum(everySecond(rows[point], 1));
      values.add(tf.math.add(even, odd));
      values.add(tf.math.sub(even, odd));
    }
    values.add(combinations.sum(rows[rows.length - 1]));
    return values;
  }

  /**
   * The transpose of {@link #atPoints}.
   *
   * @param points tensors of one shape, one per point
   * @param rows for each power, the factors of the points
   * @return one tensor per power
   */
  static List<Operand<TFloat32>> fromPoints(
      Ops tf, List<Operand<TFloat32>> points, double[][] rows) {
    List<Operand<TFloat32>> pairs = new ArrayList<>(points);
    for (int point = 1; point < points.size() - 1; point += 2) {
      pairs.set(point, tf.math.add(points.get(point), points.get(point + 1)));
      pairs.set(point + 1, tf.math.sub(points.get(point), points.get(point + 1)));
    }
    LinearCombinations combinations = new LinearCombinations(tf, pairs);
    List<Operand<TFloat32>> sums = new ArrayList<>();
    for (int power = 0; power < rows.length; power++) {
      double[] coefficients = rows[power].clone();
      for (int point = 1; point < coefficients.length - 1; point += 2) {
        double coefficient = coefficients[point];
        coefficients[point] = power % 2 == 0 ? coefficient : 0;
        coefficients[point + 1] = power % 2 == 0 ? 0 : coefficient;
      }
      sums.add(combinations.sum(coefficients));
    }
    return sums;
  }

  private static double[] everySecond(double[] coefficients, int first) {
    double[] selected = new double[coefficients.length];
    for (int power = first; power < selected.length; power += 2) {
      selected[power] = coefficients[power];
    }
    return selected;
  }

  /** Adds from the last tensor, whose coefficient is mostly 1, to the first. */
  private Operand<TFloat32> sum(double[] coefficients) {
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
        : multiples.computeIfAbsent(
            index + " times " + factor, key -> tf.math.mul(tensor, tf.constant(factor)));
  }
}
