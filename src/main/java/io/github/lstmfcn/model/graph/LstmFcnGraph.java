package io.github.lstmfcn.model.graph;

import io.github.lstmfcn.model.ModelSpec;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/**
 * LSTM-FCN and ALSTM-FCN as in figure 1 of Karim, Majumdar, Darabi, Chen: <i>LSTM Fully
 * Convolutional Networks for Time Series Classification</i> (2017).
 *
 * <p>The network is wired here and nowhere else; {@link NetworkLayers} determines how each layer is
 * computed. Every implementation names these operations of the graph: {@code input}, {@code lstm},
 * {@code gap}, {@code concat}, {@code logits} and {@code probabilities}.
 */
public final class LstmFcnGraph {

  private LstmFcnGraph() {}

  /**
   * The outputs of the graph.
   *
   * @param logits float32 {@code (N, classes)}
   * @param probabilities float32 {@code (N, classes)}
   */
  public record Outputs(Operand<TFloat32> logits, Operand<TFloat32> probabilities) {}

  /**
   * Adds the input to a graph, float32 {@code (N, 1, T)}: after the dimension shuffle, one step of
   * T features.
   */
  public static Placeholder<TFloat32> input(Ops tf, ModelSpec spec) {
    return tf.withName("input")
        .placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 1, spec.length())));
  }

  /**
   * Adds the network to a graph.
   *
   * @param <X> how these layers hold the series of the convolutional branch
   * @param tf the operations of the graph
   * @param spec the specification of the network
   * @param layers the layers with their weights
   * @param input float32 {@code (N, 1, T)}
   */
  public static <X> Outputs build(
      Ops tf, ModelSpec spec, NetworkLayers<X> layers, Operand<TFloat32> input) {
    Operand<TFloat32> lstm = tf.withName("lstm").identity(layers.recurrent(input)); // (N, cells)
    lstm = layers.dropout(lstm, input); // (N, cells)

    X x = layers.permuted(input); // (N, T, 1)
    for (int block = 1; block <= spec.blocks().size(); block++) {
      x = layers.block(block, x); // (N, T, filters): 128, 256, 128 in the papers
    }
    Operand<TFloat32> gap = tf.withName("gap").identity(layers.pooled(x)); // (N, filters)

    Operand<TFloat32> concat =
        tf.withName("concat").concat(List.of(lstm, gap), tf.constant(1)); // (N, cells + filters)
    Operand<TFloat32> logits = tf.linalg.matMul(concat, layers.weight("dense/kernel"));
    logits = tf.withName("logits").nn.biasAdd(logits, layers.weight("dense/bias")); // (N, classes)
    return new Outputs(logits, tf.withName("probabilities").nn.softmax(logits)); // (N, classes)
  }
}
