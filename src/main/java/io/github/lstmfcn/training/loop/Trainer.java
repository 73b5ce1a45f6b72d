package io.github.lstmfcn.training.loop;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.error.TrainingDivergedException;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.graph.Execution;
import io.github.lstmfcn.training.Epoch;
import io.github.lstmfcn.training.Monitor;
import io.github.lstmfcn.training.Recipe;
import io.github.lstmfcn.training.Score;
import io.github.lstmfcn.training.TrainingListener;
import io.github.lstmfcn.training.engine.BatchScore;
import io.github.lstmfcn.training.engine.Examples;
import io.github.lstmfcn.training.engine.InitialWeights;
import io.github.lstmfcn.training.engine.Randomness;
import io.github.lstmfcn.training.engine.TrainingSession;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Trains over the epochs of a recipe. The same recipe, data and initial weights give the same
 * weights bit for bit on one machine, whether uninterrupted or interrupted and resumed after any
 * epoch; see {@link TrainingSession} on the number of threads.
 *
 * @param recipe the recipe
 * @param data the series to train and validate on
 * @param saver receives the state after every epoch; its exceptions end the training
 * @param listener receives the progress
 * @param stop asked after every epoch whether to stop
 * @param execution how the graph is computed
 */
public record Trainer(
    Recipe recipe,
    TrainingData data,
    StateSaver saver,
    TrainingListener listener,
    BooleanSupplier stop,
    Execution execution) {

  /** The reason why a training ended. */
  public enum Ending {
    /** All epochs are done. */
    COMPLETED,
    /** The monitored value has not improved for too many epochs. */
    STOPPED_EARLY,
    /** The training was asked to stop. */
    INTERRUPTED
  }

  /**
   * Checks that there is data for the validation.
   *
   * @throws InvalidInputException if the recipe validates and there is nothing to validate on
   */
  public Trainer {
    Monitor monitor = recipe.selection().monitor();
    if (monitor.needsValidation() && data.validation().isEmpty()) {
      throw new InvalidInputException(
          null, "validation", "series, since " + monitor + " is monitored", "none", "");
    }
  }

  /** A trainer that computes by default. */
  public Trainer(
      Recipe recipe,
      TrainingData data,
      StateSaver saver,
      TrainingListener listener,
      BooleanSupplier stop) {
    this(recipe, data, saver, listener, stop, Execution.DEFAULT);
  }

  /** New weights, drawn with the seed of the recipe. */
  public static ModelWeights initialWeights(ModelSpec spec, Recipe recipe) {
    return InitialWeights.random(spec, random(recipe));
  }

  /**
   * Weights to start from; if the number of classes differs, the dense layer is drawn anew with the
   * seed of the recipe.
   *
   * @throws InvalidInputException if the weights are of another network
   */
  public static ModelWeights initialWeights(ModelWeights weights, ModelSpec spec, Recipe recipe) {
    return InitialWeights.of(weights, spec, random(recipe));
  }

  private static RandomGenerator random(Recipe recipe) {
    return Randomness.WEIGHTS.of(recipe.seed(), 0);
  }

  /**
   * Trains from the first epoch.
   *
   * @throws InvalidInputException if the weights are for other series or classes
   * @throws TrainingDivergedException if the loss is not finite
   */
  public Ending train(ModelWeights initial) {
    check(initial.spec());
    try (TrainingSession session = session(initial)) {
      return train(session, Progress.start(recipe));
    }
  }

  /**
   * Continues a training of the same recipe and data.
   *
   * @throws InvalidInputException if the state is for other series or classes
   * @throws TrainingDivergedException if the loss is not finite
   */
  public Ending resume(TrainingState state) {
    check(state.weights().spec());
    try (TrainingSession session = session(state.weights())) {
      session.restore(state.weights(), state.optimizer());
      return train(session, state.progress());
    }
  }

  /** Scores weights at inference on each of several sets of series. */
  public List<Score> scores(ModelWeights weights, List<Examples> sets) {
    try (TrainingSession session = session(weights)) {
      return sets.stream().map(session::evaluate).toList();
    }
  }

  private TrainingSession session(ModelWeights weights) {
    return session(weights, recipe, data, execution);
  }

  /** A session that trains on the classes of the data. */
  static TrainingSession session(
      ModelWeights weights, Recipe recipe, TrainingData data, Execution execution) {
    return new TrainingSession(
        weights, recipe, recipe.optimization().classWeight().of(data.train().counts()), execution);
  }

  private void check(ModelSpec spec) {
    Examples train = data.train();
    int values = spec.variables() * spec.length();
    if (values != train.values() || spec.classes() != train.names().size()) {
      throw new InvalidInputException(
          null,
          "weights",
          "%s values per series and %s classes, as in the data"
              .formatted(train.values(), train.names().size()),
          "%s and %s".formatted(values, spec.classes()),
          "");
    }
  }

  private Ending train(TrainingSession session, Progress from) {
    Progress progress = from;
    Optional<Ending> ending = ending(progress);
    while (ending.isEmpty()) {
      progress = progress.after(epoch(session, progress), recipe);
      saver.save(session.snapshot(), progress);
      ending = ending(progress);
    }
    return ending.get();
  }

  private Optional<Ending> ending(Progress progress) {
    if (progress.epoch() >= recipe.schedule().epochs()) {
      return Optional.of(Ending.COMPLETED);
    }
    if (recipe.schedule().earlyStopping().ends(progress.earlyStopping())) {
      return Optional.of(Ending.STOPPED_EARLY);
    }
    return stop.getAsBoolean() ? Optional.of(Ending.INTERRUPTED) : Optional.empty();
  }

  private Epoch epoch(TrainingSession session, Progress before) {
    int number = before.epoch() + 1;
    float learningRate = before.plateau().learningRate();
    List<Examples> batches = batches(order(number));
    BatchScore.Sum sum = new BatchScore.Sum();
    for (int batch = 1; batch <= batches.size(); batch++) {
      BatchScore score = session.step(batches.get(batch - 1), learningRate);
      sum.add(score);
      listener.batchDone(number, batch, batches.size(), sum.score());
      if (!Float.isFinite(score.loss())) {
        throw new TrainingDivergedException(
            "the loss of epoch %s, batch %s of %s is %s"
                .formatted(number, batch, batches.size(), score.loss()),
            learningRate,
            before.epoch());
      }
    }
    if (recipe.layers().preciseBatchNorm()) {
      session.estimateStatistics(batches);
    }
    Optional<Score> validation = data.validation().map(session::evaluate);
    return new Epoch(number, sum.score(), validation, learningRate);
  }

  private List<Examples> batches(int[] order) {
    int size = recipe.schedule().batchSize();
    return IntStream.iterate(0, start -> start < order.length, start -> start + size)
        .mapToObj(start -> Arrays.copyOfRange(order, start, Math.min(order.length, start + size)))
        .map(data.train()::select)
        .toList();
  }

  /** The order of the series in an epoch, a function of the seed and the number of the epoch. */
  public int[] order(int epoch) {
    int[] order = IntStream.range(0, data.train().size()).toArray();
    if (recipe.schedule().shuffle()) {
      SplittableRandom random = Randomness.ORDER.of(recipe.seed(), epoch);
      for (int last = order.length - 1; last > 0; last--) {
        int other = random.nextInt(last + 1);
        int series = order[last];
        order[last] = order[other];
        order[other] = series;
      }
    }
    return order;
  }
}
