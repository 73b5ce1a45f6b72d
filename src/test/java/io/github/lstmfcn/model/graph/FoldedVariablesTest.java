package io.github.lstmfcn.model.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lstmfcn.model.AttentionScope;
import io.github.lstmfcn.model.GateActivation;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.Subsampling;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class FoldedVariablesTest {
  private static final int LENGTH = 6;
  private static final float TOLERANCE = 1e-6f;

  static Stream<ModelSpec> specs() {
    ModelSpec multivariate =
        ModelSpec.of(ModelKind.MALSTM_FCN, 3, LENGTH, 4, 5, GateActivation.HARD_SIGMOID);
    return Stream.concat(
        Stream.of(GateActivation.values())
            .flatMap(
                gates ->
                    Stream.of(
                        new ModelSpec(
                            ModelKind.LSTM_FCN, 5, LENGTH, 4, gates, AttentionScope.PER_SERIES),
                        new ModelSpec(
                            ModelKind.ALSTM_FCN, 5, LENGTH, 4, gates, AttentionScope.PER_SERIES),
                        new ModelSpec(
                            ModelKind.ALSTM_FCN, 5, LENGTH, 4, gates, AttentionScope.ACROSS_BATCH),
                        ModelSpec.of(ModelKind.MLSTM_FCN, 3, LENGTH, 4, 5, gates),
                        multivariate.with(gates))),
        Stream.of(
            multivariate.with(multivariate.recurrent().with(new Subsampling(2, 4, 3))),
            ModelSpec.of(ModelKind.FCN, 1, LENGTH, 4, 0, GateActivation.SIGMOID)));
  }

  @ParameterizedTest
  @MethodSource("specs")
  void foldsAsTheConstantsAreFolded(ModelSpec spec) {
    ModelWeights weights = RandomWeights.of(spec, 1);
    Map<String, float[]> expected = new LinkedHashMap<>();
    FoldedWeights.of(weights).arrays().forEach((name, a) -> expected.put(name, a.values()));
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      FoldedVariables folded =
          new FoldedVariables(tf, spec, WeightConstants.of(tf, weights.arrays()));
      List<String> names = List.copyOf(expected.keySet());
      List<Operand<TFloat32>> operands = names.stream().map(folded::array).toList();
      try (Session session = new Session(graph)) {
        Session.Runner runner = session.runner();
        operands.forEach(runner::fetch);
        try (Result result = runner.run()) {
          for (int index = 0; index < names.size(); index++) {
            LayerOutput found = LayerOutput.of((TFloat32) result.get(index));
            String name = names.get(index);
            assertThat(found.shape()).as(name).isEqualTo(FoldedWeights.shapes(spec).get(name));
            float[] values = found.values();
            assertThat(values).as(name).hasSameSizeAs(expected.get(name));
            for (int value = 0; value < values.length; value++) {
              if (Math.abs(values[value] - expected.get(name)[value]) > TOLERANCE) {
                assertThat(values[value]).as(name).isEqualTo(expected.get(name)[value]);
              }
            }
          }
        }
      }
    }
  }
}
