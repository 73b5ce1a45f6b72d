package io.github.lstmfcn.model.winograd;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;

/**
 * Series divided into phases by the remainder of the step's number: with tiles of six steps, phase
 * {@code p} has the steps {@code p}, {@code p + 6}, {@code p + 12}, … A tile is as many consecutive
 * steps, one of each phase. Time is the first axis, so that a range of steps is a view and not a
 * copy.
 *
 * @param length the number of steps of a series
 * @param tensors one tensor per phase, float32 {@code (its steps, N, channels)}
 */
public record Phases(int length, List<Operand<TFloat32>> tensors) {
  /**
   * Creates phases from tensors of whole tiles, dropping the steps behind the end of the series.
   */
  static Phases truncated(Ops tf, int length, List<Operand<TFloat32>> tensors) {
    List<Operand<TFloat32>> truncated = new ArrayList<>();
    int tile = tensors.size();
    for (int phase = 0; phase < tile; phase++) {
      truncated.add(
          part(tf, tensors.get(phase), tiles(length, tile), 0, steps(length, tile, phase)));
    }
    return new Phases(length, truncated);
  }

  /**
   * Creates phases from the result of {@link #joined}.
   *
   * @param tile the number of phases
   * @param x float32 {@code (T, N, channels)}, one phase after another
   */
  public static Phases parted(Ops tf, int length, int tile, Operand<TFloat32> x) {
    List<Operand<TFloat32>> parts = new ArrayList<>();
    int first = 0;
    for (int phase = 0; phase < tile; phase++) {
      parts.add(part(tf, x, length, first, steps(length, tile, phase)));
      first += steps(length, tile, phase);
    }
    return new Phases(length, parts);
  }

  /**
   * Convolves series with padding {@code same}, as one matrix product.
   *
   * @param tile the number of phases
   * @param input float32 {@code (N, M, T)}
   * @param kernel float32 {@code (k, M, filters)}
   * @param bias float32 {@code (filters)}
   * @return float32 {@code (T, N, filters)}, one phase after another
   */
  public static Operand<TFloat32> convolved(
      Ops tf,
      int length,
      int tile,
      Operand<TFloat32> input,
      Operand<TFloat32> kernel,
      Operand<TFloat32> bias) {
    int filters = (int) kernel.shape().get(2);
    Operand<TFloat32> y = // (T N, filters)
        kernel.shape().get(1) == 1
            ? univariate(tf, length, tile, input, kernel)
            : multivariate(tf, length, tile, input, kernel);
    return tf.reshape(tf.nn.biasAdd(y, bias), tf.constant(new int[] {length, -1, filters}));
  }

  private static Operand<TFloat32> univariate(
      Ops tf, int length, int tile, Operand<TFloat32> input, Operand<TFloat32> kernel) {
    int kernelSize = (int) kernel.shape().get(0);
    int before = (kernelSize - 1) / 2;
    Operand<TFloat32> x = tf.squeeze(input, Squeeze.axis(List.of(1L))); // (N, T)
    x = tf.linalg.transpose(x, tf.constant(new int[] {1, 0})); // (T, N)
    x = padded(tf, x, before, kernelSize - 1 - before); // (T + k - 1, N)
    x = tf.gather(x, tf.constant(seen(kernelSize, length, tile)), tf.constant(0)); // (k, T, N)
    x = tf.reshape(x, tf.constant(new int[] {kernelSize, -1})); // (k, T N)
    Operand<TFloat32> taps = tf.squeeze(kernel, Squeeze.axis(List.of(1L))); // (k, filters)
    return tf.linalg.matMul(x, taps, MatMul.transposeA(true));
  }

  private static Operand<TFloat32> multivariate(
      Ops tf, int length, int tile, Operand<TFloat32> input, Operand<TFloat32> kernel) {
    int kernelSize = (int) kernel.shape().get(0);
    int before = (kernelSize - 1) / 2;
    Operand<TFloat32> x = tf.linalg.transpose(input, tf.constant(new int[] {2, 0, 1}));
    x = padded(tf, x, before, kernelSize - 1 - before); // (T + k - 1, N, M)
    List<Operand<TFloat32>> taps = new ArrayList<>();
    for (int[] steps : seen(kernelSize, length, tile)) {
      taps.add(tf.gather(x, tf.constant(steps), tf.constant(0))); // (T, N, M)
    }
    int width = kernelSize * (int) kernel.shape().get(1);
    Operand<TFloat32> all = kernelSize == 1 ? taps.get(0) : tf.concat(taps, tf.constant(2));
    x = tf.reshape(all, tf.constant(new int[] {-1, width}));
    int[] rows = {width, (int) kernel.shape().get(2)};
    return tf.linalg.matMul(x, tf.reshape(kernel, tf.constant(rows))); // (T N, k M) by (k M, f)
  }

  /** The steps of the padded series that each tap sees, one phase after another. */
  private static int[][] seen(int kernelSize, int length, int tile) {
    int[][] steps = new int[kernelSize][length];
    for (int tap = 0; tap < kernelSize; tap++) {
      int index = 0;
      for (int phase = 0; phase < tile; phase++) {
        for (int step = phase; step < length; step += tile) {
          steps[tap][index++] = step + tap;
        }
      }
    }
    return steps;
  }

  /** The number of tiles of a series; the last one may extend beyond its end. */
  static int tiles(int length, int tile) {
    return steps(length, tile, 0);
  }

  private static int steps(int length, int tile, int phase) {
    return (length - phase + tile - 1) / tile;
  }

  /** The number of consecutive steps of a tile. */
  private int tile() {
    return tensors.size();
  }

  /** Concatenates the phases, one after another: float32 {@code (T, N, channels)}. */
  Operand<TFloat32> joined(Ops tf) {
    return tf.concat(tensors, tf.constant(0));
  }

  /**
   * The step at an offset from the first step of each tile; 0 outside the series.
   *
   * @param offset the offset, which may be negative or beyond the tile
   * @return float32 {@code (tiles, N, channels)}
   */
  Operand<TFloat32> window(Ops tf, int offset) {
    Window window = Window.of(length, tile(), offset);
    Operand<TFloat32> x = tensors.get(window.phase());
    x = part(tf, x, steps(length, tile(), window.phase()), window.first(), window.steps());
    int after = tiles(length, tile()) - window.before() - window.steps();
    return padded(tf, x, window.before(), after);
  }

  /**
   * Overlap-add of the windows: the transpose of {@link #window}.
   *
   * @param tile the number of phases
   * @param windows float32 {@code (tiles, N, channels)} each
   * @param offset the offset of the first window; that of the next is one more
   */
  static Phases sum(Ops tf, int length, int tile, List<Operand<TFloat32>> windows, int offset) {
    List<Operand<TFloat32>> sums = new ArrayList<>();
    for (int phase = 0; phase < tile; phase++) {
      Operand<TFloat32> sum = null;
      for (int index = Math.floorMod(phase - offset, tile); index < windows.size(); index += tile) {
        Window window = Window.of(length, tile, offset + index);
        Operand<TFloat32> x =
            part(tf, windows.get(index), tiles(length, tile), window.before(), window.steps());
        int after = steps(length, tile, phase) - window.first() - window.steps();
        x = padded(tf, x, window.first(), after);
        sum = sum == null ? x : tf.math.add(sum, x);
      }
      sums.add(sum); // (its steps, N, channels)
    }
    return new Phases(length, sums);
  }

  /**
   * The steps at an offset from the first step of each tile.
   *
   * @param phase the phase that they belong to
   * @param first the index, within the phase, of the first of them
   * @param steps their number
   * @param before the number of tiles that begin too early to have such a step
   */
  private record Window(int phase, int first, int steps, int before) {
    static Window of(int length, int tile, int offset) {
      int phase = Math.floorMod(offset, tile);
      int shift = Math.floorDiv(offset, tile);
      int there = Phases.steps(length, tile, phase);
      int first = Math.min(there, Math.max(0, shift));
      int before = Math.max(0, -shift);
      return new Window(
          phase, first, Math.min(there - first, tiles(length, tile) - before), before);
    }
  }

  private static Operand<TFloat32> part(
      Ops tf, Operand<TFloat32> x, int there, int first, int steps) {
    return steps == there
        ? x
        : tf.slice(x, tf.constant(new int[] {first, 0, 0}), tf.constant(new int[] {steps, -1, -1}));
  }

  /** Pads the first axis with zeros. */
  private static Operand<TFloat32> padded(Ops tf, Operand<TFloat32> x, int before, int after) {
    int[][] paddings = new int[x.shape().numDimensions()][2];
    paddings[0] = new int[] {before, after};
    return before == 0 && after == 0 ? x : tf.pad(x, tf.constant(paddings), tf.constant(0f));
  }

  /** The channels of all steps, each multiplied by its factor, float32 {@code (N, channels)}. */
  public Phases scaled(Ops tf, Operand<TFloat32> factors) {
    Operand<TFloat32> row = tf.expandDims(factors, tf.constant(0)); // (1, N, channels)
    List<Operand<TFloat32>> scaled = new ArrayList<>();
    tensors.forEach(phase -> scaled.add(tf.math.mul(phase, row)));
    return new Phases(length, scaled);
  }

  /** The mean over time: float32 {@code (N, channels)}. */
  public Operand<TFloat32> mean(Ops tf) {
    Operand<TFloat32> sum = null;
    for (Operand<TFloat32> phase : tensors) {
      Operand<TFloat32> part = tf.reduceSum(phase, tf.constant(0)); // (N, channels)
      sum = sum == null ? part : tf.math.add(sum, part);
    }
    return tf.math.div(sum, tf.constant((float) length));
  }
}
