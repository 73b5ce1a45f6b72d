package io.github.lstmfcn.model.graph;

import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.ModelWeights;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The layers as Keras computes them. Every intermediate result is a named operation of the graph:
 * beside those of {@link LstmFcnGraph}, {@code attention} (ALSTM-FCN), {@code conv1}, {@code bn1},
 * {@code relu1} and so on.
 */
public final class ExactLayers implements NetworkLayers<Operand<TFloat32>> {
  private final Ops tf;
  private final ModelSpec spec;
  private final Mode mode;
  private final Function<String, Operand<TFloat32>> weights;
  private final List<BatchStatistics> statistics = new ArrayList<>();

  /**
   * Creates layers that are added to a graph.
   *
   * @param mode the mode: inference, or training with gradients
   * @param weights the operand of each array of {@link ModelWeights#shapes}
   */
  public ExactLayers(
      Ops tf, ModelSpec spec, Mode mode, Function<String, Operand<TFloat32>> weights) {
    this.tf = tf;
    this.spec = spec;
    this.mode = mode;
    this.weights = weights;
  }

  @Override
  public Operand<TFloat32> recurrent(Operand<TFloat32> input) {
    if (!spec.hasAttention()) {
      return Lstm.apply(tf, spec, input, weights);
    }
    AttentionLstm.Output output = AttentionLstm.apply(tf, spec, input, weights);
    tf.withName("attention").identity(output.attention()); // (N, 1, T)
    return output.h();
  }

  @Override
  public Operand<TFloat32> dropout(Operand<TFloat32> lstm, Operand<TFloat32> input) {
    return Dropout.apply(tf, mode, lstm, input, spec.cells());
  }

  @Override
  public Operand<TFloat32> permuted(Operand<TFloat32> input) {
    return tf.linalg.transpose(input, tf.constant(new int[] {0, 2, 1})); // (N, T, 1)
  }

  @Override
  public Operand<TFloat32> block(int number, Operand<TFloat32> x) {
    ConvBlock.Output output = new ConvBlock(number).exact(tf, mode, x, weights);
    output.statistics().ifPresent(statistics::add);
    return output.relu(); // (N, T, filters)
  }

  @Override
  public Operand<TFloat32> pooled(Operand<TFloat32> x) {
    return tf.math.mean(x, tf.constant(1)); // (N, filters)
  }

  @Override
  public Operand<TFloat32> weight(String name) {
    return weights.apply(name);
  }

  /** The statistics of the batch normalisations that normalised by the batch; none at inference. */
  public List<BatchStatistics> statistics() {
    return Collections.unmodifiableList(statistics);
  }
}
