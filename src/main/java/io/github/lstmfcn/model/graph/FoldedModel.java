package io.github.lstmfcn.model.graph;

import io.github.lstmfcn.model.ClassScores;
import io.github.lstmfcn.model.Convolutions;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.ModelWeights;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.BiFunction;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A model for inference: {@link InferenceLayers} with direct convolutions for small batches, so
 * that a first prediction does not wait for the larger graph, and with minimal filtering for the
 * others. Each graph is built when it is first needed. Safe for use by several threads; holds
 * native memory until closed.
 */
public final class FoldedModel implements Predictor {
  /**
   * The number of steps in a batch up to which direct convolutions are used: a prediction then
   * takes half a millisecond more, the first one 0.15 s less.
   */
  private static final int FEW_STEPS = 512;

  private final FoldedWeights weights;
  private final BiFunction<Ops, Operand<TFloat32>, Operand<TFloat32>> preparation;
  private final Threads threads;
  private final Map<Convolutions, LstmFcnSession> sessions = new EnumMap<>(Convolutions.class);
  private boolean closed;

  /** Creates a model; graphs are built on demand. */
  public FoldedModel(ModelWeights weights) {
    this(weights, Threads.DEFAULT);
  }

  /** Creates a model that computes on a number of threads. */
  public FoldedModel(ModelWeights weights, Threads threads) {
    this(FoldedWeights.of(weights), (tf, series) -> series, threads);
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
      Threads threads) {
    this.weights = weights;
    this.preparation = preparation;
    this.threads = threads;
  }

  /** The specification of the network. */
  public ModelSpec spec() {
    return weights.spec();
  }

  @Override
  public int variables() {
    return spec().variables();
  }

  @Override
  public int length() {
    return spec().length();
  }

  @Override
  public int classes() {
    return spec().classes();
  }

  @Override
  public boolean dependsOnBatch() {
    return spec().dependsOnBatch();
  }

  @Override
  public ClassScores scores(float[][] series, int batchSize) {
    return session(fastest(Math.min(series.length, batchSize))).scores(series, batchSize);
  }

  /** The convolutions that are faster for batches of a number of series. */
  private Convolutions fastest(int series) {
    long steps = (long) series * length();
    return steps > FEW_STEPS ? Convolutions.WINOGRAD_6 : Convolutions.DIRECT;
  }

  private synchronized LstmFcnSession session(Convolutions convolutions) {
    if (closed) {
      throw new IllegalStateException("the model is closed");
    }
    return sessions.computeIfAbsent(
        convolutions, missing -> LstmFcnSession.folded(weights, missing, preparation, threads));
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
  }
}
