package io.github.lstmfcn.training.engine;

import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.WeightArray;
import io.github.lstmfcn.model.graph.BatchStatistics;
import io.github.lstmfcn.model.graph.Batches;
import io.github.lstmfcn.model.graph.Callers;
import io.github.lstmfcn.model.graph.Execution;
import io.github.lstmfcn.model.graph.GraphScope;
import io.github.lstmfcn.model.graph.LayerOutput;
import io.github.lstmfcn.model.graph.LstmFcnGraph;
import io.github.lstmfcn.model.graph.Threads;
import io.github.lstmfcn.training.Recipe;
import io.github.lstmfcn.training.Score;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.proto.RunOptions;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * A training session on TensorFlow with the arrays of the model and of Adam. For one thread; holds
 * native memory until closed.
 *
 * <p>The same steps from the same state give the same weights bit for bit, regardless of the load
 * of the machine, as long as TensorFlow uses the same number of threads. Tested with 1, 2, 4 and 8
 * threads; weights differ between these numbers, since sums are divided among the threads.
 */
public final class TrainingSession implements AutoCloseable {
  private static final RunOptions ON_CALLING_THREAD =
      RunOptions.newBuilder().setInterOpThreadPool(Threads.CALLING_THREAD).build();

  private final ModelSpec spec;
  private final Graph graph = new Graph();
  private final TrainingGraph training;
  private final Session session;
  private final Callers callers;
  private final int evaluatedAtOnce;
  private long step;

  /**
   * Builds the graph and sets the weights.
   *
   * @param initial the weights to start from
   * @param recipe the recipe, of which the optimizer, the dropout, the frozen layers, the moving
   *     averages, the batch size and the seed are used
   * @param classWeights the class weights of the training loss, one per class
   * @throws IllegalArgumentException if the number of class weights differs from that of the
   *     classes
   */
  public TrainingSession(ModelWeights initial, Recipe recipe, float[] classWeights) {
    this(initial, recipe, classWeights, Execution.DEFAULT);
  }

  /**
   * Builds the graph and sets the weights, to be computed in a given way.
   *
   * @param initial as in {@link #TrainingSession(ModelWeights, Recipe, float[])}
   * @param recipe as in {@link #TrainingSession(ModelWeights, Recipe, float[])}
   * @param classWeights as in {@link #TrainingSession(ModelWeights, Recipe, float[])}
   * @param execution how the graph is computed
   * @throws IllegalArgumentException as {@link #TrainingSession(ModelWeights, Recipe, float[])}
   */
  public TrainingSession(
      ModelWeights initial, Recipe recipe, float[] classWeights, Execution execution) {
    spec = initial.spec();
    if (classWeights.length != spec.classes()) {
      throw new IllegalArgumentException(
          "expected %s class weights, found %s".formatted(spec.classes(), classWeights.length));
    }
    training =
        new TrainingGraph(
            GraphScope.operations(graph), spec, recipe, execution.convolutions(), classWeights);
    session = LstmFcnGraph.session(graph, spec, execution.threads(), execution.precision());
    callers = new Callers(execution.threads().callers());
    evaluatedAtOnce =
        spec.dependsOnBatch()
            ? recipe.schedule().batchSize()
            : Batches.sizeOfPart(spec.length()) * (execution.threads().total() / callers.count());
    Map<String, WeightArray> zeros = new LinkedHashMap<>();
    training.slots.forEach((name, shape) -> zeros.put(name, WeightArray.zeros(shape)));
    restore(initial, new OptimizerState(0, zeros));
  }

  /** The specification of the network. */
  public ModelSpec spec() {
    return spec;
  }

  /**
   * Restores the state of a session. The steps that follow are the same bit for bit.
   *
   * @throws IllegalArgumentException if the weights or slots are not of this network
   */
  public void restore(ModelWeights weights, OptimizerState optimizer) {
    if (!weights.spec().equals(spec)) {
      throw new IllegalArgumentException("expected " + spec + ", found " + weights.spec());
    }
    Set<String> slots = training.slots.keySet();
    if (!optimizer.slots().keySet().equals(slots)) {
      throw new IllegalArgumentException(
          "expected slots %s, found %s".formatted(slots, optimizer.slots().keySet()));
    }
    Map<String, WeightArray> arrays = new LinkedHashMap<>(weights.arrays());
    arrays.putAll(optimizer.slots());
    training.variables.assign(session, arrays);
    step = optimizer.step();
  }

  /**
   * Performs one step of Adam.
   *
   * @return the score of the batch before the step
   */
  public BatchScore step(Examples batch, float learningRate) {
    step++;
    try (TFloat32 input = input(batch.series());
        TInt32 classes = classes(batch);
        TFloat32 rate = TFloat32.scalarOf(learningRate);
        TInt64 number = TInt64.scalarOf(step);
        Result result =
            session
                .runner()
                .feed(training.input, input)
                .feed(training.classes, classes)
                .feed(training.learningRate, rate)
                .feed(training.step, number)
                .addTarget(training.update)
                .fetch(training.training.loss())
                .fetch(training.training.correct())
                .run()) {
      return score(result, batch.size());
    }
  }

  /**
   * Replaces the moving averages by the mean and the population variance over batches, each
   * normalised by its own statistics, with the current weights. With one batch these are exactly
   * the statistics used in training. After Y. Wu and J. Johnson, <i>Rethinking "Batch" in
   * BatchNorm</i>, 2021, section 3 ("precise" batch normalisation). Frozen layers are not changed.
   *
   * @param batches batches in random order as in training, since the statistics of a batch with a
   *     single class differ
   */
  public void estimateStatistics(List<Examples> batches) {
    if (training.statistics.isEmpty()) {
      return;
    }
    Map<String, PopulationStatistics> layers = new LinkedHashMap<>();
    for (Examples batch : batches) {
      double n = (double) batch.size() * spec.length();
      try (TFloat32 input = input(batch.series())) {
        Session.Runner runner = session.runner().feed(training.input, input);
        training.statistics.forEach(layer -> runner.fetch(layer.mean()).fetch(layer.variance()));
        try (Result result = runner.run()) {
          int place = 0;
          for (BatchStatistics layer : training.statistics) {
            float[] mean = floats(result, place++);
            float[] variance = floats(result, place++);
            layers
                .computeIfAbsent(layer.layer(), name -> new PopulationStatistics(mean.length))
                .add(mean, variance, n);
          }
        }
      }
    }
    Map<String, WeightArray> arrays = new LinkedHashMap<>();
    layers.forEach(
        (layer, population) -> {
          arrays.put(layer + "/moving_mean", population.mean());
          arrays.put(layer + "/moving_variance", population.variance());
        });
    training.variables.assign(session, arrays);
  }

  private static float[] floats(Result result, int place) {
    TFloat32 tensor = (TFloat32) result.get(place);
    float[] values = new float[(int) tensor.size()];
    tensor.asRawTensor().data().asFloats().read(values);
    return values;
  }

  /**
   * Scores series at inference, without class weights, in batches in order: of the size of the
   * recipe's if scores depend on it, else of the fastest.
   */
  public Score evaluate(Examples set) {
    BatchScore.Sum sum = new BatchScore.Sum();
    Batches.results(
            set.size(),
            evaluatedAtOnce,
            callers,
            (start, end) -> batchScore(set.select(IntStream.range(start, end).toArray())))
        .forEach(sum::add);
    return sum.score();
  }

  private BatchScore batchScore(Examples batch) {
    Session.Runner runner =
        callers.count() == 1 ? session.runner() : session.runner().setOptions(ON_CALLING_THREAD);
    try (TFloat32 input = input(batch.series());
        TInt32 classes = classes(batch);
        Result result =
            runner
                .feed(training.input, input)
                .feed(training.classes, classes)
                .fetch(training.inference.loss())
                .fetch(training.inference.correct())
                .run()) {
      return score(result, batch.size());
    }
  }

  /**
   * Class probabilities at inference.
   *
   * @param series float32 {@code [N][variables × length]}, variables one after another
   * @param batchSize the number of series per batch, in order
   * @return float32 {@code [N][classes]}
   */
  public float[][] probabilities(float[][] series, int batchSize) {
    return Batches.map(
        series,
        batchSize,
        batch -> {
          try (TFloat32 input = input(batch);
              Result result =
                  session
                      .runner()
                      .feed(training.input, input)
                      .fetch(training.probabilities)
                      .run()) {
            return LayerOutput.of((TFloat32) result.get(0)).rows();
          }
        });
  }

  /** The current values of the arrays, which must be closed; the session may be closed before. */
  public Snapshot snapshot() {
    return new Snapshot(spec, training.slots, step, training.variables.read(session));
  }

  private TFloat32 input(float[][] series) {
    return Batches.tensor(series, spec);
  }

  private static TInt32 classes(Examples batch) {
    return TInt32.tensorOf(Shape.of(batch.size()), DataBuffers.of(batch.classes(), true, false));
  }

  private static BatchScore score(Result result, int size) {
    return new BatchScore(
        ((TFloat32) result.get(0)).getFloat(), ((TInt32) result.get(1)).getInt(), size);
  }

  @Override
  public void close() {
    session.close();
    graph.close();
    callers.close();
  }
}
