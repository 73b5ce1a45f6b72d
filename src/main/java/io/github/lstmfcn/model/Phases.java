package io.github.lstmfcn.model;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Series by the remainder of their steps' numbers: phase {@code p} of four holds the steps {@code
 * p}, {@code p + 4}, {@code p + 8}, … A tile is four steps in a row, one of each phase. Time comes
 * first, so that a part of it is a view and not a copy.
 *
 * @param length steps of a series
 * @param tensors a phase each, float32 {@code (its steps, N, channels)}
 */
record Phases(int length, List<Operand<TFloat32>> tensors) {
  static final int COUNT = 4;

  /** Takes phases that may go on behind the end of the series, by less than a tile. */
  static Phases cut(Ops tf, int length, List<Operand<TFloat32>> tensors) {
    List<Operand<TFloat32>> cut = new ArrayList<>();
    for (int phase = 0; phase < COUNT; phase++) {
      cut.add(part(tf, tensors.get(phase), tiles(length), 0, steps(length, phase)));
    }
    return new Phases(length, cut);
  }

  /** How many tiles hold a series; the last may be in part behind its end. */
  static int tiles(int length) {
    return steps(length, 0);
  }

  private static int steps(int length, int phase) {
    return (length - phase + COUNT - 1) / COUNT;
  }

  /**
   * The step {@code offset} behind the first of each tile, 0 outside of the series.
   *
   * @param offset may be negative or beyond the tile
   * @return float32 {@code (tiles, N, channels)}
   */
  Operand<TFloat32> window(Ops tf, int offset) {
    int phase = Math.floorMod(offset, COUNT);
    int shift = Math.floorDiv(offset, COUNT);
    int there = steps(length, phase);
    int before = Math.max(0, -shift);
    int first = Math.min(there, Math.max(0, shift));
    int steps = Math.min(there - first, tiles(length) - before);
    int after = tiles(length) - before - steps;
    Operand<TFloat32> x = part(tf, tensors.get(phase), there, first, steps);
    return before == 0 && after == 0
        ? x
        : tf.pad(x, tf.constant(new int[][] {{before, after}, {0, 0}, {0, 0}}), tf.constant(0f));
  }

  private static Operand<TFloat32> part(
      Ops tf, Operand<TFloat32> x, int there, int first, int steps) {
    return steps == there
        ? x
        : tf.slice(x, tf.constant(new int[] {first, 0, 0}), tf.constant(new int[] {steps, -1, -1}));
  }

  /** Over time: float32 {@code (N, channels)}. */
  Operand<TFloat32> mean(Ops tf) {
    Operand<TFloat32> sum = null;
    for (Operand<TFloat32> phase : tensors) {
      Operand<TFloat32> part = tf.reduceSum(phase, tf.constant(0)); // (N, channels)
      sum = sum == null ? part : tf.math.add(sum, part);
    }
    return tf.math.div(sum, tf.constant((float) length));
  }
}
