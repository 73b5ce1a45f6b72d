package io.github.lstmfcn.model.graph;

import io.github.lstmfcn.model.ClassScores;
import io.github.lstmfcn.model.Convolutions;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.ModelWeights;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A model on TensorFlow with its weights as constants: the exact graph, or the folded one for
 * inference. Safe for use by several threads; holds native memory until closed.
 */
public final class LstmFcnSession implements NetworkPredictor {
  private static final List<String> OUTPUTS = List.of("logits", "probabilities");

  private final ModelSpec spec;
  private final Graph graph;
  private final Session session;

  /** Builds the graph of {@link ExactLayers}. */
  public LstmFcnSession(ModelWeights weights) {
    this(weights, Threads.DEFAULT);
  }

  /** Builds the graph of {@link ExactLayers}, to compute on a number of threads. */
  public LstmFcnSession(ModelWeights weights, Threads threads) {
    this(weights, threads, tf -> Mode.INFERENCE);
  }

  private LstmFcnSession(ModelWeights weights, Threads threads, Function<Ops, Mode> mode) {
    this(
        weights.spec(),
        Execution.DEFAULT.with(threads),
        tf -> {
          ModelSpec spec = weights.spec();
          Function<String, Operand<TFloat32>> arrays = WeightConstants.of(tf, weights.arrays());
          ExactLayers layers = new ExactLayers(tf, spec, mode.apply(tf), arrays);
          LstmFcnGraph.build(tf, spec, layers, LstmFcnGraph.input(tf, spec));
        });
  }

  /**
   * Builds the graph of {@link InferenceLayers}: the same predictions up to rounding, but faster.
   */
  public static LstmFcnSession folded(
      ModelWeights weights, Convolutions convolutions, Threads threads) {
    Execution execution = Execution.DEFAULT.with(threads).with(convolutions);
    return folded(FoldedWeights.of(weights), (tf, series) -> series, execution);
  }

  /**
   * Builds the graph of {@link InferenceLayers} behind operations that prepare series.
   *
   * @param preparation adds these to a graph: a function of float32 {@code (N, M, T)}, which has
   *     the shape of its argument
   */
  static LstmFcnSession folded(
      FoldedWeights weights,
      BiFunction<Ops, Operand<TFloat32>, Operand<TFloat32>> preparation,
      Execution execution) {
    return new LstmFcnSession(
        weights.spec(),
        execution,
        tf -> {
          Operand<TFloat32> input = LstmFcnGraph.input(tf, weights.spec());
          InferenceLayers.build(
              tf, weights, execution.convolutions(), preparation.apply(tf, input));
        });
  }

  private LstmFcnSession(ModelSpec spec, Execution execution, Consumer<Ops> network) {
    this.spec = spec;
    graph = new Graph();
    network.accept(GraphScope.operations(graph));
    session = LstmFcnGraph.session(graph, spec, execution.threads(), execution.precision());
  }

  /**
   * Builds the exact graph as Keras runs it with {@code learning_phase} 1, but without dropout:
   * normalised by the mean and variance of each batch. The original code draws its maps with it.
   */
  public static LstmFcnSession normalizedByBatch(ModelWeights weights) {
    return new LstmFcnSession(
        weights,
        Threads.DEFAULT,
        tf -> new Mode.Training(0, tf.constant(new long[2]), array -> false));
  }

  @Override
  public ModelSpec spec() {
    return spec;
  }

  @Override
  public ClassScores scores(float[][] series, int batchSize) {
    return scores(series, batchSize, Callers.ALONE);
  }

  /** As {@link #scores(float[][], int)}, several batches at a time. */
  ClassScores scores(float[][] series, int batchSize, Callers callers) {
    return Batches.scores(
        series,
        batchSize,
        callers,
        batch -> {
          Map<String, LayerOutput> outputs = fetch(batch, OUTPUTS);
          return new ClassScores(outputs.get("logits").rows(), outputs.get("probabilities").rows());
        });
  }

  /**
   * Computes the outputs of named layers for one batch: of those of {@link ExactLayers}, or of the
   * fewer of {@link LstmFcnGraph}.
   *
   * @param series float32 {@code [N][variables × length]}, variables one after another
   * @throws IllegalArgumentException if a series has another size or a layer does not exist
   */
  public Map<String, LayerOutput> fetch(float[][] series, List<String> layers) {
    try (TFloat32 input = Batches.tensor(series, spec)) {
      Session.Runner runner = session.runner().feed("input", input);
      layers.forEach(runner::fetch);
      try (Result result = runner.run()) {
        Map<String, LayerOutput> outputs = new LinkedHashMap<>();
        for (int layer = 0; layer < layers.size(); layer++) {
          outputs.put(layers.get(layer), LayerOutput.of((TFloat32) result.get(layer)));
        }
        return outputs;
      }
    }
  }

  /**
   * Waits for the computations in progress, then frees the native memory. Later computations throw
   * an exception.
   */
  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
