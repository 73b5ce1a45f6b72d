package io.github.lstmfcn.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.lstmfcn.data.Dataset;
import io.github.lstmfcn.data.Normalization;
import io.github.lstmfcn.data.Preparation;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.model.graph.LayerOutput;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** The preparation in a graph beside {@link Preparation} itself. */
@Timeout(60)
class PreparationGraphTest {
  private static final float NAN = Float.NaN;
  private static final int LENGTH = 6;

  @ParameterizedTest
  @EnumSource(Normalization.class)
  void preparesMultivariateSeriesAsThePreparationDoes(Normalization normalization) {
    Preparation preparation = preparation(normalization, 3);
    float[][][] series = {
      gaussian(3, 1),
      {{1, 2, 3, 4, 5, 6}, {0, 0, 0, 0, 0, 0}, {8, 8, 8, 8, 8, 8}},
      {{1, NAN, 3, NAN, 5, NAN}, {NAN, NAN, 7, NAN, NAN, NAN}, {0, 0, NAN, NAN, 0, 0}},
      {{1, 2}, {-3, NAN}, {NAN, 1e7f}},
      {{0, 0, 1e-20f}, {0, 0, 0}, {0, 0, 0}},
      {{1e6f, 1e6f + 1, 1e6f}, {1e-6f, 0, 0}, {-1, 0, 2}}
    };

    float[][] found = prepared(preparation, preparation.pad(series));

    assertRowsClose(found, preparation.apply(series));
  }

  @ParameterizedTest
  @EnumSource(Normalization.class)
  void preparesUnivariateSeriesAsThePreparationDoes(Normalization normalization) {
    Preparation preparation = preparation(normalization, 1);
    float[][][] series = {
      gaussian(1, 1), {{1, NAN, 3, NAN, 5, NAN}}, {{1, 2}}, {{0, 0, 0}}, {{4, 4, 4, 4, 4, 4}}
    };

    float[][] found = prepared(preparation, preparation.pad(series));

    assertRowsClose(found, preparation.apply(series));
  }

  @ParameterizedTest
  @EnumSource(Normalization.class)
  void whatThePreparationRefusesIsInfinite(Normalization normalization) {
    Preparation preparation = preparation(normalization, 3);
    float[] steps = {1, 2, 3, 4, 5, 6};
    float[] missing = filled(NAN);
    for (float[][] series :
        List.of(
            new float[][] {steps, missing, steps},
            new float[][] {missing, missing, missing},
            new float[][] {steps, {1, Float.POSITIVE_INFINITY, 3, 4, 5, 6}, steps},
            new float[][] {{NAN, NAN, NAN, NAN, NAN, Float.NEGATIVE_INFINITY}, steps, steps})) {
      assertRefused(preparation, series);
    }
  }

  @ParameterizedTest
  @EnumSource(Normalization.class)
  void infiniteValuesOfUnivariateSeriesStayInfinite(Normalization normalization) {
    for (double deviation : new double[] {0, 2}) {
      Preparation preparation = Networks.preparation(normalization, 1, LENGTH, 40, deviation);
      for (float value : new float[] {Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
        assertRefused(preparation, new float[][] {{1, 2, value, 4, 5, 6}});
        assertRefused(preparation, new float[][] {filled(value)});
      }
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {0, 9})
  void seriesOfZerosOnceScaledBecomeInfinite(float value) {
    float[] steps = filled(value);
    Preparation sample = preparation(Normalization.SAMPLE, 3);

    assertRefused(sample, new float[][] {steps, steps, steps});
    assertRefused(sample, new float[][] {{value, NAN, value}, {value}, {NAN, value}});
  }

  @ParameterizedTest
  @EnumSource(names = {"NONE", "TRAIN"})
  void seriesOfZerosBecomeInfinite(Normalization normalization) {
    float[] steps = new float[LENGTH];

    assertRefused(preparation(normalization, 3), new float[][] {steps, steps, steps});
  }

  @Test
  void seriesWhoseOnlyVariableIsConstantOverTrainBecomeInfinite() {
    float[] zeros = new float[LENGTH];

    assertRefused(
        preparation(Normalization.TRAIN, 3), new float[][] {zeros, zeros, {1, 2, 3, 4, 5, 6}});
  }

  /** Means and standard deviations of series far from zero; the third variable is constant. */
  private static Preparation preparation(Normalization normalization, int variables) {
    float[][][] train =
        Stream.of(2, 3, 4).map(seed -> gaussian(variables, seed)).toArray(float[][][]::new);
    if (variables == 3) {
      Stream.of(train).forEach(series -> series[2] = filled(8));
    }
    Dataset data = new Dataset("a", null, Collections.nCopies(3, "1"), train);
    return Preparation.of(normalization, variables, LENGTH, false, data, data);
  }

  private static float[][] gaussian(int variables, long seed) {
    Random random = new Random(seed);
    float[][] series = new float[variables][LENGTH];
    for (float[] steps : series) {
      for (int step = 0; step < LENGTH; step++) {
        steps[step] = (float) (40 + 3 * random.nextGaussian());
      }
    }
    return series;
  }

  private static float[] filled(float value) {
    float[] steps = new float[LENGTH];
    Arrays.fill(steps, value);
    return steps;
  }

  private static void assertRefused(Preparation preparation, float[][] series) {
    assertThat(catchThrowable(() -> preparation.apply(series, "")))
        .isInstanceOf(InvalidInputException.class);
    float[] flat = new float[series.length * LENGTH];
    Arrays.fill(flat, NAN);
    for (int variable = 0; variable < series.length; variable++) {
      System.arraycopy(series[variable], 0, flat, variable * LENGTH, series[variable].length);
    }

    float[][] found = prepared(preparation, new float[][] {flat, flat});

    float largest = 0;
    for (float value : found[0]) {
      largest = Math.max(largest, Math.abs(value)); // NaN if one is
    }
    assertThat(largest).isEqualTo(Float.POSITIVE_INFINITY);
  }

  /**
   * Runs the preparation in a graph.
   *
   * @param padded float32 {@code [N][M T]}
   */
  private static float[][] prepared(Preparation preparation, float[][] padded) {
    int size = preparation.variables() * preparation.length();
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Shape shape = Shape.of(-1, preparation.variables(), preparation.length());
      Placeholder<TFloat32> series = tf.placeholder(TFloat32.class, Placeholder.shape(shape));
      Operand<TFloat32> output = new PreparationGraph(tf, preparation).apply(series);
      Operand<TFloat32> rows = tf.reshape(output, tf.constant(new int[] {-1, size}));
      assertThat(output.shape().asArray()).containsExactly(shape.asArray());
      float[] values = new float[padded.length * size];
      for (int row = 0; row < padded.length; row++) {
        System.arraycopy(padded[row], 0, values, row * size, size);
      }
      Shape fed = Shape.of(padded.length, preparation.variables(), preparation.length());
      try (Session session = new Session(graph);
          TFloat32 input = TFloat32.tensorOf(fed, DataBuffers.of(values));
          Result result = session.runner().feed(series, input).fetch(rows).run()) {
        return LayerOutput.of((TFloat32) result.get(0)).rows();
      }
    }
  }

  private static void assertRowsClose(float[][] found, float[][] expected) {
    assertThat(found).hasDimensions(expected.length, expected[0].length);
    for (int row = 0; row < found.length; row++) {
      for (int index = 0; index < found[row].length; index++) {
        float value = expected[row][index];
        assertThat(found[row][index])
            .as("series %d, value %d", row, index)
            .isCloseTo(value, Offset.offset(1e-5f * Math.max(1, Math.abs(value))));
        assertThat(found[row][index] == 0).as("silent %d, %d", row, index).isEqualTo(value == 0);
      }
    }
  }
}
