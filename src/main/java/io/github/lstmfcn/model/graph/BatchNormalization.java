package io.github.lstmfcn.model.graph;

import java.util.Optional;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.FusedBatchNorm;
import org.tensorflow.types.TFloat32;

/**
 * Keras' {@code BatchNormalization} over all axes but the last.
 *
 * @param y float32 {@code (N, 1, T, filters)}
 * @param statistics the mean and variance of the batch; empty if it was normalised by the moving
 *     averages
 */
record BatchNormalization(Operand<TFloat32> y, Optional<BatchStatistics> statistics) {

  /** Keras' default for {@code BatchNormalization(epsilon=…)}. */
  static final float EPSILON = 1e-3f;

  /**
   * Adds the layer to a graph.
   *
   * @param layer the name of the layer, {@code bn1} and so on
   * @param x float32 {@code (N, 1, T, filters)}
   */
  static BatchNormalization apply(
      Ops tf,
      Mode mode,
      String layer,
      Operand<TFloat32> x,
      Function<String, Operand<TFloat32>> weights) {
    boolean byBatch =
        mode instanceof Mode.Training training && !training.frozen().test(layer + "/gamma");
    Operand<TFloat32> none = byBatch ? tf.constant(new float[0]) : null;
    FusedBatchNorm<TFloat32, TFloat32> norm =
        tf.nn.fusedBatchNorm(
            x,
            weights.apply(layer + "/gamma"),
            weights.apply(layer + "/beta"),
            byBatch ? none : weights.apply(layer + "/moving_mean"),
            byBatch ? none : weights.apply(layer + "/moving_variance"),
            FusedBatchNorm.epsilon(EPSILON),
            FusedBatchNorm.isTraining(byBatch));
    return new BatchNormalization(
        norm.y(),
        byBatch
            ? Optional.of(new BatchStatistics(layer, norm.batchMean(), norm.batchVariance()))
            : Optional.empty());
  }
}
