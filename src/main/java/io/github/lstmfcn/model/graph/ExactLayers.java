package io.github.lstmfcn.model.graph;

import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.ModelWeights;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Stack;
import org.tensorflow.types.TFloat32;

/**
 * The layers as Keras computes them. Every intermediate result is a named operation of the graph:
 * beside those of {@link LstmFcnGraph}, {@code lstm_input}, {@code mask}, {@code lstm_steps}, with
 * attention {@code alpha} and {@code attention}, then {@code conv1}, {@code bn1}, {@code relu1},
 * {@code se1_output} and so on.
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
  public Operand<TFloat32> recurrent(String name, Operand<TFloat32> input) {
    RecurrentInput x = RecurrentInput.of(tf, spec, input, weights); // (N, steps, features)
    tf.withName("lstm_input").identity(x.x());
    if (x.mask() != null) {
      tf.withName("mask").identity(x.mask()); // (N, steps)
    }
    if (!spec.hasAttention()) {
      return named(name, Lstm.apply(tf, spec, x, weights));
    }
    AttentionLstm.Output output = AttentionLstm.apply(tf, spec, x, weights);
    tf.withName("attention").identity(output.attention()); // (N, steps, features)
    tf.withName("alpha").stack(output.alpha(), Stack.axis(1L)); // (N, steps, steps)
    return named(name, output.h());
  }

  /** The last of the outputs, which are named together. */
  private Operand<TFloat32> named(String name, List<Operand<TFloat32>> outputs) {
    tf.withName("lstm_steps").stack(outputs, Stack.axis(1L)); // (N, steps, cells)
    return tf.withName(name).identity(outputs.get(outputs.size() - 1));
  }

  @Override
  public Operand<TFloat32> dropout(Operand<TFloat32> lstm, Operand<TFloat32> input) {
    return Dropout.apply(tf, mode, lstm, input, spec.cells());
  }

  @Override
  public Operand<TFloat32> permuted(Operand<TFloat32> input) {
    return RecurrentInput.transposed(tf, input); // (N, T, M)
  }

  @Override
  public Operand<TFloat32> block(int number, Operand<TFloat32> x) {
    ConvBlock.Output output = new ConvBlock(number).exact(tf, mode, x, weights);
    output.statistics().ifPresent(statistics::add);
    return output.relu(); // (N, T, filters)
  }

  @Override
  public Operand<TFloat32> scaled(int number, Operand<TFloat32> x, Operand<TFloat32> scale) {
    Operand<TFloat32> factors = tf.expandDims(scale, tf.constant(1)); // (N, 1, filters)
    return tf.withName("se" + number + "_output").math.mul(x, factors); // (N, T, filters)
  }

  @Override
  public Operand<TFloat32> pooled(String name, Operand<TFloat32> x) {
    return tf.withName(name).math.mean(x, tf.constant(1)); // (N, filters)
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
