package io.github.lstmfcn.model.graph;

import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.graph.InferenceLayers.Convolutions;
import java.util.EnumMap;
import java.util.Map;

/**
 * A model for predictions: {@link InferenceLayers} with plain convolutions for small batches, so
 * that a first answer does not wait for the larger graph, and filtered ones for the others. Each is
 * built when it is first needed. Safe under any number of threads; holds native memory until
 * closed.
 */
public final class FoldedModel implements Predictor {
  /** In a batch; up to here a plain answer takes half a millisecond more, its first 0.15 s less. */
  private static final int FEW_STEPS = 512;

  private final ModelWeights weights;
  private final Map<Convolutions, LstmFcnSession> sessions = new EnumMap<>(Convolutions.class);
  private boolean closed;

  /** Keeps weights to build from. */
  public FoldedModel(ModelWeights weights) {
    this.weights = weights;
  }

  /** What it computes. */
  public ModelSpec spec() {
    return weights.spec();
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
  public float[][] probabilities(float[][] series, int batchSize) {
    long steps = (long) Math.min(series.length, batchSize) * length();
    return session(steps > FEW_STEPS ? Convolutions.WINOGRAD : Convolutions.DIRECT)
        .probabilities(series, batchSize);
  }

  private synchronized LstmFcnSession session(Convolutions convolutions) {
    if (closed) {
      throw new IllegalStateException("closed");
    }
    return sessions.computeIfAbsent(
        convolutions, missing -> LstmFcnSession.folded(weights, missing));
  }

  /** Waits for runs under way, then frees the native memory. Runs after it throw. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    sessions.values().forEach(LstmFcnSession::close);
  }
}
