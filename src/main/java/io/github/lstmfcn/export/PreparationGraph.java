package io.github.lstmfcn.export;

import io.github.lstmfcn.data.Normalization;
import io.github.lstmfcn.data.Preparation;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceAll;
import org.tensorflow.op.core.ReduceAny;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;

/**
 * A {@link Preparation} as operations of a graph. It scales in float64, as series may be far from
 * zero.
 *
 * @param tf the operations of the graph
 * @param preparation the preparation
 */
record PreparationGraph(Ops tf, Preparation preparation) {

  /**
   * Adds the preparation to the graph. In what the preparation refuses for its values, at least one
   * becomes or stays infinite, and the network answers NaN to it: a series with an infinite value
   * and, if it is multivariate, one with a variable without any value or zeros in all variables.
   *
   * @param series float32 {@code (N, M, T)}, NaN where a value is missing or padded
   * @return the input of the network, float32 {@code (N, M, T)}
   */
  Operand<TFloat32> apply(Operand<TFloat32> series) {
    Operand<TBool> missing = tf.math.isNan(series);
    Operand<TFloat32> zero = tf.constant(0f);
    Operand<TFloat32> filled = tf.select(missing, zero, series);
    Operand<TFloat32> scaled = filled;
    if (preparation.normalization() != Normalization.NONE) {
      scaled = scaled(tf.dtypes.cast(filled, TFloat64.class), missing);
      Operand<TBool> kept = keptAtZero(filled, missing);
      scaled = kept == null ? scaled : tf.select(kept, zero, scaled);
    }
    Operand<TFloat32> prepared = scaled;
    return conditions(filled, missing, prepared).stream()
        .reduce(tf.math::logicalAnd)
        .<Operand<TFloat32>>map(
            valid -> tf.select(valid, prepared, tf.constant(Float.POSITIVE_INFINITY)))
        .orElse(prepared);
  }

  private boolean isMultivariate() {
    return preparation.variables() > 1;
  }

  /** All values scaled, with what is to be 0 among them. */
  private Operand<TFloat32> scaled(Operand<TFloat64> x, Operand<TBool> missing) {
    Operand<TFloat64> mean;
    Operand<TFloat64> std;
    if (preparation.normalization() == Normalization.SAMPLE) {
      mean = mean(x, missing); // (N, M, 1)
      std = tf.math.sqrt(mean(tf.math.squaredDifference(x, mean), missing));
    } else {
      mean = column(preparation.means());
      std = column(preparation.deviations());
    }
    Operand<TFloat64> centred = tf.math.sub(x, mean);
    return tf.dtypes.cast(
        preparation.normalization() == Normalization.POOLED
            ? tf.math.divNoNan(centred, std) // 0 where std is 0
            : tf.math.div(centred, tf.math.add(std, tf.constant(Normalization.EPSILON))),
        TFloat32.class);
  }

  /** The mean of each variable; that of a multivariate series is over the values that exist. */
  private Operand<TFloat64> mean(Operand<TFloat64> x, Operand<TBool> missing) {
    if (!isMultivariate()) {
      return tf.math.div(sum(x), tf.constant((double) preparation.length()));
    }
    Operand<TFloat64> existing = tf.dtypes.cast(tf.math.logicalNot(missing), TFloat64.class);
    return tf.math.div(sum(tf.math.mul(x, existing)), sum(existing));
  }

  private Operand<TFloat64> sum(Operand<TFloat64> x) {
    return tf.reduceSum(x, tf.constant(2), ReduceSum.keepDims(true)); // (N, M, 1)
  }

  /** One number, or one per variable, float64 {@code (1, 1)} or {@code (M, 1)}. */
  private Operand<TFloat64> column(List<Double> numbers) {
    return tf.constant(
        numbers.stream().map(number -> new double[] {number}).toArray(double[][]::new));
  }

  /** What is 0 however the rest is scaled; null if nothing is. */
  private Operand<TBool> keptAtZero(Operand<TFloat32> filled, Operand<TBool> missing) {
    return switch (preparation.normalization()) {
      case NONE, UPSTREAM -> null;
      case POOLED -> missing;
      case SAMPLE -> isMultivariate() ? missing : null;
      case TRAIN ->
          isMultivariate()
              ? tf.math.logicalOr(
                  tf.math.logicalOr(missing, tf.math.logicalNot(any(notZero(filled), 2))),
                  constantOverTrain())
              : null;
    };
  }

  /** Whether a variable is constant over TRAIN, {@code (M, 1)}. */
  private Operand<TBool> constantOverTrain() {
    return tf.math.equal(column(preparation.deviations()), tf.constant(0.0));
  }

  /**
   * What must be true of a series for the preparation to accept its values, {@code (N, 1, 1)} each:
   * as far as this does not show in what is prepared anyway.
   */
  private List<Operand<TBool>> conditions(
      Operand<TFloat32> filled, Operand<TBool> missing, Operand<TFloat32> prepared) {
    List<Operand<TBool>> conditions = new ArrayList<>();
    if (hidesInfiniteValues()) {
      Operand<TFloat32> magnitude = tf.math.abs(filled);
      conditions.add(all(tf.math.lessEqual(magnitude, tf.constant(Float.MAX_VALUE))));
    }
    if (isMultivariate()) {
      conditions.add(all(any(tf.math.logicalNot(missing), 2))); // every variable has a value
      conditions.add(any(notZero(prepared), 1, 2)); // and one is audible
    }
    return conditions;
  }

  /** Whether an infinite value need not be infinite once it is scaled. */
  private boolean hidesInfiniteValues() {
    boolean constant = preparation.deviations().stream().anyMatch(deviation -> deviation == 0);
    return switch (preparation.normalization()) {
      case NONE, UPSTREAM -> false;
      case SAMPLE -> true; // its mean is infinite, too
      case POOLED -> constant;
      case TRAIN -> constant && isMultivariate();
    };
  }

  private Operand<TBool> notZero(Operand<TFloat32> x) {
    return tf.math.notEqual(x, tf.constant(0f));
  }

  private Operand<TBool> any(Operand<TBool> x, int... axes) {
    return tf.reduceAny(x, tf.constant(axes), ReduceAny.keepDims(true));
  }

  private Operand<TBool> all(Operand<TBool> x) {
    return tf.reduceAll(x, tf.constant(new int[] {1, 2}), ReduceAll.keepDims(true));
  }
}
