package io.github.lstmfcn.training.loop;

import io.github.lstmfcn.machine.ByTurns;
import io.github.lstmfcn.machine.Measurement;
import io.github.lstmfcn.machine.Measurements;
import io.github.lstmfcn.model.Convolutions;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.Precision;
import io.github.lstmfcn.model.graph.Execution;
import io.github.lstmfcn.model.graph.Threads;
import io.github.lstmfcn.training.Recipe;
import io.github.lstmfcn.training.engine.Examples;
import io.github.lstmfcn.training.engine.TrainingSession;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Chooses how a training is computed. Which way is the fastest depends on the processor and on the
 * sizes; a training that is long enough for it to pay measures a few steps of each, once per
 * machine.
 *
 * @param spec the network
 * @param recipe the recipe
 * @param data the series
 * @param measurements what was measured before
 */
public record ExecutionChoice(
    ModelSpec spec, Recipe recipe, TrainingData data, Measurements measurements) {
  /** A training with fewer products is over in the time that a few measurements would take. */
  private static final double FEW_PRODUCTS = 2e13;

  private static final ByTurns BY_TURNS = new ByTurns(3, 0.1);
  private static final int MOST_STEPS = 1 << 16;

  /**
   * Chooses a way: the convolutions that the user asks for, or else the fastest.
   *
   * @param threads the threads of the training; {@link Threads#DEFAULT} to choose them too, where
   *     the process can
   * @param precision the precision of products
   * @throws io.github.lstmfcn.error.InvalidInputException as {@link Execution#askedConvolutions}
   */
  public Execution fastest(Threads threads, Precision precision) {
    Optional<Convolutions> asked = Execution.askedConvolutions(precision);
    if (asked.isPresent()) {
      return Execution.waysOfTraining(threads).stream()
          .filter(way -> way.convolutions() == asked.get())
          .findFirst()
          .orElseThrow()
          .with(precision);
    }
    Execution usual =
        threads.equals(Threads.DEFAULT)
            ? Execution.usualForTraining()
            : Execution.DEFAULT.with(threads);
    return products() < FEW_PRODUCTS ? usual : measured(threads, usual);
  }

  private Execution measured(Threads threads, Execution usual) {
    Map<String, Execution> ways = new LinkedHashMap<>();
    Execution.waysOfTraining(threads).forEach(way -> ways.put(way.toString(), way));
    Measurement.Question question = question(threads);
    Measurement measured =
        measurements
            .find(question)
            .filter(known -> known.milliseconds().keySet().equals(ways.keySet()))
            .orElseGet(() -> measure(question, ways));
    return ways.get(measured.fastest(usual.toString()));
  }

  /** What is measured to choose by. */
  Measurement.Question question(Threads threads) {
    return Execution.question(
        "training %s, %s, batches of %s and %s evaluated"
            .formatted(spec, spec.blocks(), batch().length, evaluated()),
        threads);
  }

  private Measurement measure(Measurement.Question question, Map<String, Execution> ways) {
    Examples trained = data.train().select(batch());
    Optional<Examples> validated = data.validation().map(set -> set.select(first(evaluated())));
    ModelWeights weights = Trainer.initialWeights(spec, recipe);
    Map<String, TrainingSession> sessions = new LinkedHashMap<>();
    try {
      Map<String, Runnable> steps = new LinkedHashMap<>();
      ways.forEach(
          (name, way) -> {
            TrainingSession session = Trainer.session(weights, recipe, data, way);
            sessions.put(name, session);
            steps.put(
                name,
                () -> {
                  session.step(trained, recipe.optimization().adam().learningRate());
                  validated.ifPresent(session::evaluate);
                });
          });
      Measurement measured = new Measurement(question, BY_TURNS.least(steps));
      measurements.keepIfPossible(measured);
      return measured;
    } finally {
      sessions.values().forEach(TrainingSession::close);
    }
  }

  private int[] batch() {
    return first(Math.min(data.train().size(), recipe.schedule().batchSize()));
  }

  private static int[] first(int count) {
    return IntStream.range(0, count).toArray();
  }

  /** The number of series that are evaluated for each step. */
  private int evaluated() {
    int size = recipe.schedule().batchSize();
    int steps = (data.train().size() + size - 1) / size;
    return Math.min(
        MOST_STEPS / spec.length() + 1,
        (data.validation().map(Examples::size).orElse(0) + steps - 1) / steps);
  }

  /** The number of products of the training, where a step takes three times those of its series. */
  private double products() {
    long series = 3L * data.train().size() + data.validation().map(Examples::size).orElse(0);
    return (double) recipe.schedule().epochs() * series * spec.products();
  }
}
