package io.github.lstmfcn.model.graph;

import io.github.lstmfcn.machine.ByTurns;
import io.github.lstmfcn.machine.Measurement;
import io.github.lstmfcn.machine.Measurements;
import io.github.lstmfcn.model.ClassScores;
import io.github.lstmfcn.model.Convolutions;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.Precision;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A model for inference: {@link InferenceLayers} with the convolutions that are asked for, or that
 * were measured to be fastest for batches of a size, or else direct ones for small batches, so that
 * a first prediction does not wait for the larger graph, and minimal filtering for the others. Each
 * graph is built when it is first needed, and what is once chosen for a size stays, so that a model
 * answers alike. Safe for use by several threads; holds native memory until closed.
 *
 * <p>With direct convolutions, a batch is run as one, on several threads within each operation.
 * With minimal filtering, whose operations are many and small, it is divided: each thread runs
 * parts whose activations stay in its cache, unless TensorFlow's threads are a larger pool that all
 * operations share.
 */
public final class FoldedModel implements NetworkPredictor {
  /**
   * The number of steps in a batch up to which direct convolutions are used: a prediction then
   * takes half a millisecond more, the first one 0.15 s less.
   */
  private static final int FEW_STEPS = 256;

  /** A call with fewer steps is answered in the time that a few measurements would take. */
  private static final long MANY_STEPS = 1L << 22;

  private static final ByTurns BY_TURNS = new ByTurns(8, 0.04);

  private final FoldedWeights weights;
  private final BiFunction<Ops, Operand<TFloat32>, Operand<TFloat32>> preparation;
  private final Threads threads;
  private final Callers callers;
  private final Threads threadsOfCallers;
  private final Precision precision;
  private final Optional<Convolutions> asked;
  private final Measurements measurements;
  private final Map<Execution, LstmFcnSession> sessions = new HashMap<>();

  /** By the size of the batch, as a power of two. */
  private final Map<Integer, Choice> choices = new ConcurrentHashMap<>();

  private boolean closed;

  /** Creates a model; graphs are built on demand. */
  public FoldedModel(ModelWeights weights) {
    this(weights, Threads.DEFAULT, Precision.FLOAT32);
  }

  /** Creates a model that computes on a number of threads with products of a precision. */
  public FoldedModel(ModelWeights weights, Threads threads, Precision precision) {
    this(FoldedWeights.of(weights), (tf, series) -> series, threads, precision);
  }

  /**
   * Creates a model of folded weights, which prepares series itself.
   *
   * @param preparation adds operations that prepare series to a graph: a function of float32 {@code
   *     (N, M, T)}, which has the shape of its argument
   */
  public FoldedModel(
      FoldedWeights weights,
      BiFunction<Ops, Operand<TFloat32>, Operand<TFloat32>> preparation,
      Threads threads,
      Precision precision) {
    this(weights, preparation, threads, precision, Measurements.ofUser());
  }

  FoldedModel(
      FoldedWeights weights,
      BiFunction<Ops, Operand<TFloat32>, Operand<TFloat32>> preparation,
      Threads threads,
      Precision precision,
      Measurements measurements) {
    this.weights = weights;
    this.precision = precision;
    asked = Execution.askedConvolutions(precision);
    this.preparation = preparation;
    this.threads = threads;
    threadsOfCallers = threads.forCallers();
    callers = new Callers(Threads.perSession() ? threads.total() : threads.callers());
    this.measurements = measurements;
  }

  @Override
  public ModelSpec spec() {
    return weights.spec();
  }

  @Override
  public ClassScores scores(float[][] series, int batchSize) {
    return scores(convolutions(series, batchSize), series, batchSize);
  }

  private ClassScores scores(Convolutions way, float[][] series, int batchSize) {
    int part = part(Math.min(series.length, batchSize));
    if (isDivided(way, part, series.length)) {
      return session(way, threadsOfCallers).scores(series, part, callers);
    }
    return session(way, threads).scores(series, batchSize);
  }

  /** The number of series in a part of a batch: a thread's share, or fewer. */
  private int part(int batch) {
    int share = (batch + callers.count() - 1) / callers.count();
    return Math.min(share, Batches.sizeOfPart(length()));
  }

  /** Whether series are run in parts, with enough of them for at least half of the threads. */
  private boolean isDivided(Convolutions way, int part, int series) {
    if (way == Convolutions.DIRECT || dependsOnBatch() || part < 1) {
      return false;
    }
    int parts = (series + part - 1) / part;
    return callers.count() > 1 ? parts > 1 && 2 * parts >= callers.count() : threads.total() == 1;
  }

  /** The convolutions for series in batches of a size. */
  private Convolutions convolutions(float[][] series, int batchSize) {
    int batch = Math.min(series.length, batchSize);
    return choices
        .computeIfAbsent(powerOfTwo(batch), size -> new Choice())
        .made(() -> choice(series, batch));
  }

  private Convolutions choice(float[][] series, int batch) {
    if (asked.isPresent()) {
      return asked.get();
    }
    Optional<Measurement> known =
        measurements
            .find(question(powerOfTwo(batch)))
            .filter(times -> times.milliseconds().keySet().equals(ways().keySet()));
    if (known.isEmpty() && (long) series.length * length() >= MANY_STEPS) {
      Measurement found = measure(series, batch);
      measurements.keepIfPossible(found);
      return fastest(found, batch);
    }
    return known.map(found -> fastest(found, batch)).orElseGet(() -> usual(batch));
  }

  /** For batches of a size, made once; those of another size do not wait for its measurement. */
  private static final class Choice {
    private Convolutions way;

    synchronized Convolutions made(Supplier<Convolutions> choice) {
      if (way == null) {
        way = choice.get();
      }
      return way;
    }
  }

  private Convolutions usual(int batch) {
    boolean direct = Execution.ON_GPU || (long) batch * length() <= FEW_STEPS;
    return direct ? Convolutions.DIRECT : Convolutions.WINOGRAD_4;
  }

  private Convolutions fastest(Measurement measured, int batch) {
    return ways().get(measured.fastest(usual(batch).toString()));
  }

  /** The ways to convolve, by their names. */
  private Map<String, Convolutions> ways() {
    Map<String, Convolutions> ways = new LinkedHashMap<>();
    for (Convolutions way :
        precision == Precision.FLOAT32
            ? Convolutions.values()
            : new Convolutions[] {Convolutions.DIRECT}) {
      ways.put(way.toString(), way);
    }
    return ways;
  }

  @Override
  public Optional<Measurement> measure(int batchSize) {
    long most = Math.max(batchSize(), MANY_STEPS / length());
    if (batchSize < 1 || batchSize > most) {
      throw new IllegalArgumentException(
          "expected a batch size of 1 to %s, found %s".formatted(most, batchSize));
    }
    float[] one = new float[variables() * length()];
    for (int value = 0; value < one.length; value++) {
      one[value] = (float) Math.sin(value);
    }
    float[][] series = new float[batchSize][];
    Arrays.fill(series, one);
    Measurement found = measure(series, batchSize);
    measurements.keep(found);
    return Optional.of(found);
  }

  private Measurement measure(float[][] series, int batch) {
    float[][] measured = Arrays.copyOf(series, batch);
    Map<String, Runnable> predictions = new LinkedHashMap<>();
    ways().forEach((name, way) -> predictions.put(name, () -> scores(way, measured, batch)));
    return new Measurement(question(powerOfTwo(batch)), BY_TURNS.least(predictions));
  }

  private Measurement.Question question(int size) {
    return Execution.question(
        "prediction %s, %s, batches of %s, %s, %s callers with %s"
            .formatted(spec(), spec().blocks(), size, precision, callers.count(), threadsOfCallers),
        threads);
  }

  private static int powerOfTwo(int batch) {
    return Integer.highestOneBit(Math.max(1, 2 * batch - 1));
  }

  private synchronized LstmFcnSession session(Convolutions convolutions, Threads runOn) {
    if (closed) {
      throw new IllegalStateException("the model is closed");
    }
    return sessions.computeIfAbsent(
        new Execution(runOn, convolutions, precision),
        execution -> LstmFcnSession.folded(weights, preparation, execution));
  }

  /**
   * Waits for the predictions in progress, then frees the native memory. Later predictions throw an
   * exception.
   */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    sessions.values().forEach(LstmFcnSession::close);
    callers.close();
  }
}
