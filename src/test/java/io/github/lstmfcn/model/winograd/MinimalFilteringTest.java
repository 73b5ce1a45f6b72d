package io.github.lstmfcn.model.winograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.lstmfcn.model.WeightArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.EagerSession;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Beside the sum that a convolution is by definition. */
class MinimalFilteringTest {
  private static final int SERIES = 3;
  private static final int IN = 4;
  private static final int OUT = 5;

  private static float[] random(int size, long seed) {
    Random random = new Random(seed);
    float[] values = new float[size];
    for (int index = 0; index < size; index++) {
      values[index] = (float) random.nextGaussian();
    }
    return values;
  }

  private static Operand<TFloat32> constant(Ops tf, float[] values, long... shape) {
    return tf.constant(Shape.of(shape), DataBuffers.of(values));
  }

  /** Of {@code (T, N, in)}. */
  private static Phases phases(Ops tf, float[] x, int length, int tile) {
    List<Operand<TFloat32>> phases = new ArrayList<>();
    for (int phase = 0; phase < tile; phase++) {
      List<Float> values = new ArrayList<>();
      int steps = 0;
      for (int step = phase; step < length; step += tile, steps++) {
        for (int index = 0; index < SERIES * IN; index++) {
          values.add(x[step * SERIES * IN + index]);
        }
      }
      float[] packed = new float[values.size()];
      for (int index = 0; index < packed.length; index++) {
        packed[index] = values.get(index);
      }
      phases.add(constant(tf, packed, steps, SERIES, IN));
    }
    return new Phases(length, phases);
  }

  private static double convolved(
      float[] x, float[] kernel, int kernelSize, int length, int step, int series, int filter) {
    double sum = 0;
    for (int tap = 0; tap < kernelSize; tap++) {
      int at = step + tap - (kernelSize - 1) / 2;
      for (int channel = 0; at >= 0 && at < length && channel < IN; channel++) {
        sum +=
            (double) x[(at * SERIES + series) * IN + channel]
                * kernel[(tap * IN + channel) * OUT + filter];
      }
    }
    return sum;
  }

  @ParameterizedTest(name = "kernel {0}, tiles of {1}, length {2}")
  @CsvSource({
    "3,6,1", "3,6,2", "3,6,6", "3,6,7", "3,6,24", "5,6,1", "5,6,2", "5,6,5", "5,6,6", "5,6,7",
    "5,6,12", "5,6,30", "3,4,1", "3,4,3", "3,4,4", "3,4,9", "5,4,1", "5,4,4", "5,4,5", "5,4,8",
    "5,4,23"
  })
  void everyStepIsTheConvolutionsWithItsBiasAndReLu(int kernelSize, int tile, int length) {
    float[] x = random(length * SERIES * IN, 1);
    float[] kernel = random(kernelSize * IN * OUT, 2);
    float[] bias = random(OUT, 3);
    try (EagerSession session = EagerSession.create()) {
      Ops tf = Ops.create(session);
      MinimalFiltering filtering = new MinimalFiltering(kernelSize, tile);
      List<Operand<TFloat32>> matrices = new ArrayList<>();
      for (WeightArray matrix :
          filtering.matrices(new WeightArray(new int[] {kernelSize, IN, OUT}, kernel))) {
        matrices.add(constant(tf, matrix.values(), IN, OUT));
      }
      assertThat(matrices).hasSize(kernelSize + tile - 1);

      List<Operand<TFloat32>> values = filtering.values(tf, phases(tf, x, length, tile), IN);
      List<Operand<TFloat32>> products =
          MinimalFiltering.products(tf, values, matrices, constant(tf, bias, OUT));
      Phases y = filtering.steps(tf, length, products, OUT, tf.nn::relu);

      for (int step = 0; step < length; step++) {
        TFloat32 found = y.tensors().get(step % tile).asTensor();
        for (int series = 0; series < SERIES; series++) {
          for (int filter = 0; filter < OUT; filter++) {
            double sum = convolved(x, kernel, kernelSize, length, step, series, filter);
            assertThat((double) found.getFloat(step / tile, series, filter))
                .as("step %d, series %d, filter %d", step, series, filter)
                .isCloseTo(Math.max(0, sum + bias[filter]), within(2e-5));
          }
        }
      }
    }
  }

  @ParameterizedTest(name = "length {0}, {1} phases")
  @CsvSource({"1,6", "5,6", "6,6", "7,6", "29,6", "3,4", "29,4"})
  void theMeanCountsEveryStepOnce(int length, int tile) {
    float[] x = random(length * SERIES * IN, 1);
    try (EagerSession session = EagerSession.create()) {
      Ops tf = Ops.create(session);
      TFloat32 mean = phases(tf, x, length, tile).mean(tf).asTensor();
      for (int index = 0; index < SERIES * IN; index++) {
        double sum = 0;
        for (int step = 0; step < length; step++) {
          sum += x[step * SERIES * IN + index];
        }
        assertThat((double) mean.getFloat(index / IN, index % IN))
            .isCloseTo(sum / length, within(1e-6));
      }
    }
  }
}
