package io.github.lstmfcn.model.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.lstmfcn.model.AttentionScope;
import io.github.lstmfcn.model.GateActivation;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.WeightArray;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

class ModeTest {
  private static final int CELLS = 64;
  private static final int SERIES = 50;

  private static ModelWeights weights() {
    ModelSpec spec =
        new ModelSpec(
            ModelKind.LSTM_FCN, CELLS, 10, 2, GateActivation.SIGMOID, AttentionScope.PER_SERIES);
    Random random = new Random(1);
    Map<String, WeightArray> arrays = new LinkedHashMap<>();
    ModelWeights.shapes(spec)
        .forEach(
            (name, shape) -> {
              float[] values = new float[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
              for (int i = 0; i < values.length; i++) {
                values[i] = name.endsWith("variance") ? 1 : (float) random.nextGaussian();
              }
              arrays.put(name, new WeightArray(shape, values));
            });
    return new ModelWeights(spec, arrays);
  }

  /** The output of the recurrent branch before and after dropout, {@code [2][SERIES * CELLS]}. */
  private static float[][] lstm(float rate, long seed) {
    ModelWeights weights = weights();
    float[][] series = new float[SERIES][10];
    Random random = new Random(2);
    for (float[] row : series) {
      for (int step = 0; step < row.length; step++) {
        row[step] = (float) random.nextGaussian();
      }
    }
    try (Graph graph = new Graph();
        TFloat32 fed = Batches.tensor(series, Shape.of(SERIES, 1, 10), 10)) {
      Ops tf = Ops.create(graph);
      Placeholder<TFloat32> input =
          tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 1, 10)));
      Mode mode = new Mode.Training(rate, tf.constant(new long[] {seed, 1}), array -> false);
      ExactLayers layers =
          new ExactLayers(tf, weights.spec(), mode, WeightConstants.of(tf, weights.arrays()));
      LstmFcnGraph.build(tf, weights.spec(), layers, input);
      assertThat(layers.statistics())
          .extracting(BatchStatistics::layer)
          .containsExactly("bn1", "bn2", "bn3");
      try (Session session = new Session(graph);
          var result = session.runner().feed(input, fed).fetch("lstm").fetch("concat").run()) {
        float[] before = LayerOutput.of((TFloat32) result.get(0)).values();
        float[] after = new float[before.length];
        float[][] joined = LayerOutput.of((TFloat32) result.get(1)).rows();
        for (int row = 0; row < SERIES; row++) {
          System.arraycopy(joined[row], 0, after, row * CELLS, CELLS);
        }
        return new float[][] {before, after};
      }
    }
  }

  @Test
  void dropoutSetsItsShareToZeroAndScalesTheRestUp() {
    float[][] lstm = lstm(.8f, 3);
    int dropped = 0;
    for (int i = 0; i < lstm[0].length; i++) {
      if (lstm[1][i] == 0) {
        dropped++;
      } else {
        assertThat(lstm[1][i]).isCloseTo(5 * lstm[0][i], within(1e-4f));
      }
    }
    assertThat((double) dropped / lstm[0].length).isCloseTo(.8, within(.03));
  }

  @Test
  void theSeedDecidesWhatIsDropped() {
    assertThat(lstm(.8f, 3)[1]).containsExactly(lstm(.8f, 3)[1]);
    assertThat(lstm(.8f, 4)[1]).isNotEqualTo(lstm(.8f, 3)[1]);
  }

  @Test
  void aRateOfZeroDropsNothing() {
    float[][] lstm = lstm(0, 3);
    assertThat(lstm[1]).containsExactly(lstm[0]);
  }

  @Test
  void aRateOfOneIsRefused() {
    assertThatThrownBy(() -> lstm(1, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected a dropout rate in [0, 1), found 1.0");
  }
}
