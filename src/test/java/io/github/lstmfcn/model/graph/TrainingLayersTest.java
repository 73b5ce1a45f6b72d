package io.github.lstmfcn.model.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.lstmfcn.model.ConvolutionBlock;
import io.github.lstmfcn.model.Convolutions;
import io.github.lstmfcn.model.GateActivation;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.Orientation;
import io.github.lstmfcn.model.RecurrentBranch;
import io.github.lstmfcn.model.Subsampling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gradients;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** Beside the exact graph with TensorFlow's own gradients. */
class TrainingLayersTest {
  private static final int SERIES = 6;

  /** Named results of one run. */
  private static List<LayerOutput> run(
      Graph graph,
      Placeholder<TFloat32> input,
      ModelSpec spec,
      float[][] series,
      List<Operand<TFloat32>> wanted) {
    try (Session session = LstmFcnGraph.session(graph, spec, Threads.DEFAULT);
        TFloat32 x = Batches.tensor(series, spec)) {
      Session.Runner runner = session.runner().feed(input, x);
      wanted.forEach(runner::fetch);
      try (Result result = runner.run()) {
        List<LayerOutput> outputs = new ArrayList<>();
        result.forEach(entry -> outputs.add(LayerOutput.of((TFloat32) entry.getValue())));
        return outputs;
      }
    }
  }

  private static void assertSame(ModelWeights weights, Predicate<String> frozen) {
    assertSame(weights, Convolutions.WINOGRAD_6, frozen);
  }

  private static void assertSame(
      ModelWeights weights, Convolutions convolutions, Predicate<String> frozen) {
    ModelSpec spec = weights.spec();
    float[][] series = RandomWeights.series(SERIES, spec.variables() * spec.length(), 3);
    if (spec.recurrent() != null && spec.recurrent().masking()) {
      Arrays.fill(series[1], 0, spec.length(), 0); // a silent variable
    }
    List<String> names =
        weights.arrays().keySet().stream()
            .filter(name -> !name.contains("/moving_") && !frozen.test(name))
            // No gradient reaches what does not act over one step.
            .filter(
                name ->
                    spec.recurrentSteps() > 1
                        || !name.startsWith("lstm/")
                        || name.endsWith("/kernel"))
            .toList();
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Function<String, Operand<TFloat32>> arrays = WeightConstants.of(tf, weights.arrays());
      Placeholder<TFloat32> input = LstmFcnGraph.input(tf, spec);
      Mode.Training mode = new Mode.Training(0, tf.constant(new long[2]), frozen);
      Ops scope = tf.withSubScope("exact");
      ExactLayers exactLayers = new ExactLayers(scope, spec, mode, arrays);
      LstmFcnGraph.Outputs exact = LstmFcnGraph.build(scope, spec, exactLayers, input);
      scope = tf.withSubScope("training");
      TrainingLayers layers = new TrainingLayers(scope, spec, convolutions, mode, arrays);
      LstmFcnGraph.Outputs outputs = LstmFcnGraph.build(scope, spec, layers, input);

      List<Operand<TFloat32>> wanted = new ArrayList<>();
      wanted.add(exact.logits());
      wanted.add(outputs.logits());
      exactLayers.statistics().forEach(batch -> wanted.add(batch.variance()));
      layers.statistics().forEach(batch -> wanted.add(batch.variance()));
      Gradients gradients = tf.gradients(sum(tf, exact), names.stream().map(arrays).toList());
      Map<String, Operand<TFloat32>> found = layers.gradients(tf, sum(tf, outputs), names);
      assertThat(found).containsOnlyKeys(names);
      int first = wanted.size();
      for (int index = 0; index < names.size(); index++) {
        wanted.add(gradients.dy(index));
        wanted.add(found.get(names.get(index)));
      }

      List<LayerOutput> results = run(graph, input, spec, series, wanted);
      assertClose("logits", results.get(0), results.get(1));
      int statistics = exactLayers.statistics().size();
      for (int index = 0; index < statistics; index++) {
        assertClose("variance", results.get(2 + index), results.get(2 + statistics + index));
      }
      for (int index = 0; index < names.size(); index++) {
        LayerOutput expected = results.get(first + 2 * index);
        assertClose(names.get(index), expected, results.get(first + 2 * index + 1));
      }
    }
  }

  private static Operand<TFloat32> sum(Ops tf, LstmFcnGraph.Outputs outputs) {
    Operand<TFloat32> squares = tf.math.square(outputs.logits());
    return tf.reduceSum(squares, tf.constant(new int[] {0, 1}));
  }

  /** To rounding, of the array's largest; a bias before a normalisation has a gradient of 0. */
  private static void assertClose(String name, LayerOutput expected, LayerOutput found) {
    assertThat(found.shape()).as(name).isEqualTo(expected.shape());
    float largest = 0.01f;
    for (float value : expected.values()) {
      largest = Math.max(largest, Math.abs(value));
    }
    for (int index = 0; index < expected.values().length; index++) {
      assertThat(found.values()[index])
          .as("%s at %d", name, index)
          .isCloseTo(expected.values()[index], within(1e-4f * largest));
    }
  }

  @ParameterizedTest(name = "length {0}")
  @ValueSource(ints = {1, 2, 3, 5, 8, 14, 27, 40})
  void outputsAndGradientsAreTheExactGraphs(int length) {
    assertSame(RandomWeights.small(ModelKind.LSTM_FCN, 3, length, 4), name -> false);
  }

  @ParameterizedTest(name = "{0}, length {1}")
  @CsvSource({"WINOGRAD_4,1", "WINOGRAD_4,4", "WINOGRAD_4,9", "WINOGRAD_4,23", "DIRECT,9"})
  void outputsAndGradientsOfOtherConvolutionsAreTheExactGraphs(
      Convolutions convolutions, int length) {
    assertSame(RandomWeights.small(ModelKind.LSTM_FCN, 3, length, 4), convolutions, name -> false);
  }

  @ParameterizedTest(name = "without {0}")
  @CsvSource({"conv", "bn", "conv1/", "conv2/kernel", "conv3/", "lstm/", "dense/"})
  void gradientsOfAnyPartAreTheExactGraphs(String frozen) {
    assertSame(RandomWeights.small(ModelKind.LSTM_FCN, 3, 10, 4), name -> name.startsWith(frozen));
  }

  static Stream<ModelSpec> family() {
    List<ConvolutionBlock> blocks =
        List.of(
            new ConvolutionBlock(6, 8, 3),
            new ConvolutionBlock(7, 5, 2),
            new ConvolutionBlock(5, 3));
    return Stream.of(ModelKind.MLSTM_FCN, ModelKind.MALSTM_FCN)
        .flatMap(
            kind -> {
              ModelSpec spec = ModelSpec.of(kind, 4, 14, 3, 3, GateActivation.HARD_SIGMOID);
              RecurrentBranch branch = spec.recurrent();
              ModelSpec small = spec.with(blocks);
              return Stream.of(
                  small,
                  small.with(GateActivation.SIGMOID),
                  small.with(branch.withMasking(false)),
                  small.with(branch.with(Orientation.OVER_STEPS)),
                  small.with(branch.with(Subsampling.ofTheOriginal(4, 2))),
                  small.with(
                      branch.with(Subsampling.ofTheOriginal(4, 2)).with(Orientation.OVER_STEPS)),
                  small.with(List.of(new ConvolutionBlock(4, 8, 2), new ConvolutionBlock(5, 4, 3))),
                  spec.with(List.of()));
            });
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("family")
  void gradientsOfEveryNetworkOfTheFamilyAreTheExactGraphs(ModelSpec spec) {
    assertSame(RandomWeights.of(spec, 5), name -> false);
  }

  @Test
  void gradientsOfConvolutionsAloneAreTheExactGraphs() {
    ModelSpec fcn = ModelSpec.of(ModelKind.FCN, 2, 14, 3, 0, GateActivation.SIGMOID);
    assertSame(RandomWeights.of(fcn, 5), name -> false);
  }

  static Stream<List<ConvolutionBlock>> otherBlocks() {
    return Stream.of(
        List.of(new ConvolutionBlock(6, 8)),
        List.of(new ConvolutionBlock(6, 7), new ConvolutionBlock(5, 3)),
        List.of(new ConvolutionBlock(4, 8), new ConvolutionBlock(5, 4), new ConvolutionBlock(4, 3)),
        List.of(
            new ConvolutionBlock(4, 8),
            new ConvolutionBlock(7, 5),
            new ConvolutionBlock(5, 3),
            new ConvolutionBlock(6, 3)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("otherBlocks")
  void anyNumberOfBlocksIsTheExactGraphs(List<ConvolutionBlock> blocks) {
    assertSame(RandomWeights.of(blocks, 14), name -> false);
  }
}
