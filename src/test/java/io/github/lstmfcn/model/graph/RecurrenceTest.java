package io.github.lstmfcn.model.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lstmfcn.model.AttentionScope;
import io.github.lstmfcn.model.GateActivation;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.ModelWeights;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** LSTM and attention LSTM over several steps beside their equations in plain Java. */
class RecurrenceTest {
  private static final double ONE_STEP = 1e-6;
  private static final double SIX_STEPS = 1e-5;
  private static final int CELLS = 5;
  private static final int FEATURES = 7;
  private static final int SERIES = 4;

  static Stream<ModelSpec> specs() {
    return Stream.of(GateActivation.values())
        .flatMap(
            gates ->
                Stream.of(
                    spec(ModelKind.LSTM_FCN, gates, AttentionScope.PER_SERIES),
                    spec(ModelKind.ALSTM_FCN, gates, AttentionScope.PER_SERIES),
                    spec(ModelKind.ALSTM_FCN, gates, AttentionScope.ACROSS_BATCH)));
  }

  private static ModelSpec spec(ModelKind kind, GateActivation gates, AttentionScope scope) {
    return new ModelSpec(kind, CELLS, FEATURES, 2, gates, scope);
  }

  @ParameterizedTest
  @MethodSource("specs")
  void followsTheEquationsAtOneStep(ModelSpec spec) {
    assertFollowsTheEquations(spec, 1, ONE_STEP);
  }

  @ParameterizedTest
  @MethodSource("specs")
  void followsTheEquationsOverSixSteps(ModelSpec spec) {
    assertFollowsTheEquations(spec, 6, SIX_STEPS);
  }

  private static void assertFollowsTheEquations(ModelSpec spec, int steps, double tolerance) {
    for (long seed = 0; seed < 5; seed++) {
      ModelWeights weights = RandomWeights.of(spec, seed);
      double[][][] x = input(steps, seed);
      PlainRecurrence.Output expected = new PlainRecurrence(weights).run(x);

      assertClose(lastOutput(weights, x), flat(expected.h()), tolerance);
      if (spec.kind() == ModelKind.ALSTM_FCN) {
        LayerOutput attention = attention(weights, x);
        assertThat(attention.shape())
            .containsExactly(SERIES, spec.dependsOnBatch() ? 1 : steps, FEATURES);
        assertClose(attention.values(), flat(flat(expected.attention())), tolerance);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("specs")
  void remembersTheFirstStepAtTheLast(ModelSpec spec) {
    ModelWeights weights = RandomWeights.of(spec, 3);
    double[][][] x = input(4, 3);
    float[] before = lastOutput(weights, x);
    x[0][0][0] += 1;
    float[] after = lastOutput(weights, x);

    double moved = 0;
    for (int index = 0; index < CELLS; index++) {
      moved = Math.max(moved, Math.abs(after[index] - before[index]));
    }
    assertThat(moved).isGreaterThan(1e-4);
  }

  @ParameterizedTest
  @EnumSource(GateActivation.class)
  void attentionOverOneStepIsAnLstmWithTheSumOfBothKernels(GateActivation gates) {
    ModelWeights attention =
        RandomWeights.of(spec(ModelKind.ALSTM_FCN, gates, AttentionScope.PER_SERIES), 5);
    float[] kernel = values(attention, "lstm/kernel").clone();
    float[] attentionKernel = values(attention, "lstm/attention_kernel");
    for (int index = 0; index < kernel.length; index++) {
      kernel[index] += attentionKernel[index];
    }
    ModelWeights lstm = lstmOf(attention, kernel, values(attention, "lstm/bias"));
    double[][][] x = input(1, 5);

    assertClose(lastOutput(attention, x), widened(lastOutput(lstm, x)), ONE_STEP);
    double[][][] longer = input(2, 5);
    assertThat(lastOutput(attention, longer)[0])
        .as("with a second step the softmax has something to choose")
        .isNotCloseTo(lastOutput(lstm, longer)[0], Offset.offset(1e-4f));
  }

  @ParameterizedTest
  @EnumSource(GateActivation.class)
  void attentionAcrossTheBatchIsAnLstmWhoseBiasHasTheSumOfTheBatch(GateActivation gates) {
    ModelWeights attention =
        RandomWeights.of(spec(ModelKind.ALSTM_FCN, gates, AttentionScope.ACROSS_BATCH), 6);
    double[][][] x = input(1, 6);
    float[] attentionKernel = values(attention, "lstm/attention_kernel");
    float[] bias = values(attention, "lstm/bias").clone();
    for (int column = 0; column < bias.length; column++) {
      double sum = bias[column];
      for (double[][] series : x) {
        for (int d = 0; d < FEATURES; d++) {
          sum += series[0][d] * attentionKernel[d * bias.length + column];
        }
      }
      bias[column] = (float) sum;
    }
    ModelWeights lstm = lstmOf(attention, values(attention, "lstm/kernel"), bias);

    assertClose(lastOutput(attention, x), widened(lastOutput(lstm, x)), ONE_STEP);
  }

  @Test
  void bothScopesAgreeOnABatchOfOneAndOneStep() {
    ModelSpec spec =
        spec(ModelKind.ALSTM_FCN, GateActivation.HARD_SIGMOID, AttentionScope.PER_SERIES);
    ModelWeights perSeries = RandomWeights.of(spec, 8);
    ModelWeights acrossBatch = perSeries.with(spec.with(AttentionScope.ACROSS_BATCH));
    double[][][] x = input(1, 8);
    double[][][] alone = {x[0]};

    assertClose(lastOutput(acrossBatch, alone), widened(lastOutput(perSeries, alone)), ONE_STEP);
    assertThat(lastOutput(acrossBatch, x)[0])
        .isNotCloseTo(lastOutput(perSeries, x)[0], Offset.offset(1e-4f));
  }

  private static ModelWeights lstmOf(ModelWeights attention, float[] kernel, float[] bias) {
    ModelSpec spec =
        spec(ModelKind.LSTM_FCN, attention.spec().gateActivation(), AttentionScope.PER_SERIES);
    ModelWeights lstm = RandomWeights.of(spec, 0);
    lstm = RandomWeights.with(lstm, "lstm/kernel", kernel);
    lstm =
        RandomWeights.with(
            lstm, "lstm/recurrent_kernel", values(attention, "lstm/recurrent_kernel"));
    return RandomWeights.with(lstm, "lstm/bias", bias);
  }

  private static float[] lastOutput(ModelWeights weights, double[][][] x) {
    return weights.spec().kind() == ModelKind.ALSTM_FCN
        ? run(weights, x, graph -> last(graph.attentionLstm().h())).values()
        : run(weights, x, Recurrent::lstm).values();
  }

  private static LayerOutput attention(ModelWeights weights, double[][][] x) {
    return run(weights, x, graph -> graph.attentionLstm().attention());
  }

  private static Operand<TFloat32> last(List<Operand<TFloat32>> outputs) {
    return outputs.get(outputs.size() - 1);
  }

  /** The two layers on an input in a graph. */
  private record Recurrent(
      Ops tf, ModelSpec spec, Operand<TFloat32> x, Function<String, Operand<TFloat32>> weights) {
    Operand<TFloat32> lstm() {
      return last(Lstm.apply(tf, spec, RecurrentInput.of(x), weights));
    }

    AttentionLstm.Output attentionLstm() {
      return AttentionLstm.apply(tf, spec, RecurrentInput.of(x), weights);
    }
  }

  private static LayerOutput run(
      ModelWeights weights, double[][][] x, Function<Recurrent, Operand<TFloat32>> output) {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Operand<TFloat32> input = tf.constant(StdArrays.ndCopyOf(narrowed(x)));
      Operand<TFloat32> fetched =
          output.apply(
              new Recurrent(tf, weights.spec(), input, WeightConstants.of(tf, weights.arrays())));
      try (Session session = new Session(graph);
          Result result = session.runner().fetch(fetched).run()) {
        return LayerOutput.of((TFloat32) result.get(0));
      }
    }
  }

  private static float[] values(ModelWeights weights, String name) {
    return weights.arrays().get(name).values();
  }

  /** What float32 can hold, so that both sides compute from the same numbers. */
  private static double[][][] input(int steps, long seed) {
    Random random = new Random(seed);
    double[][][] x = new double[SERIES][steps][FEATURES];
    for (double[][] series : x) {
      for (double[] step : series) {
        for (int d = 0; d < FEATURES; d++) {
          step[d] = (float) random.nextGaussian();
        }
      }
    }
    return x;
  }

  private static float[][][] narrowed(double[][][] x) {
    float[][][] narrowed = new float[x.length][x[0].length][FEATURES];
    for (int n = 0; n < x.length; n++) {
      for (int step = 0; step < x[n].length; step++) {
        for (int d = 0; d < FEATURES; d++) {
          narrowed[n][step][d] = (float) x[n][step][d];
        }
      }
    }
    return narrowed;
  }

  private static double[] widened(float[] values) {
    double[] widened = new double[values.length];
    for (int index = 0; index < values.length; index++) {
      widened[index] = values[index];
    }
    return widened;
  }

  private static double[] flat(double[][] rows) {
    return Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
  }

  private static double[][] flat(double[][][] cube) {
    return Arrays.stream(cube).flatMap(Arrays::stream).toArray(double[][]::new);
  }

  private static void assertClose(float[] actual, double[] expected, double tolerance) {
    assertThat(widened(actual)).containsExactly(expected, Offset.offset(tolerance));
  }
}
