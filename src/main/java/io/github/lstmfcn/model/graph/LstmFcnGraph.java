package io.github.lstmfcn.model.graph;

import io.github.lstmfcn.model.ConvolutionBlock;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.Precision;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.RewriterConfig;
import org.tensorflow.types.TFloat32;

/**
 * The LSTM-FCN family: LSTM-FCN and ALSTM-FCN as in figure 1 of Karim, Majumdar, Darabi, Chen:
 * <i>LSTM Fully Convolutional Networks for Time Series Classification</i> (2017), and with
 * squeeze-and-excite MLSTM-FCN and MALSTM-FCN as in figure 1 of Karim, Majumdar, Darabi, Harford:
 * <i>Multivariate LSTM-FCNs for Time Series Classification</i> (2019).
 *
 * <p>The network is wired here and nowhere else; {@link NetworkLayers} determines how each layer is
 * computed. Every implementation names these operations of the graph, as far as the network has
 * them: {@code input}, {@code lstm}, {@code se1_squeeze}, {@code se1_reduced}, {@code se1_scale}
 * and so on, {@code gap}, {@code concat}, {@code logits} and {@code probabilities}.
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
   * Adds the input to a graph, float32 {@code (N, M, T)}: after the dimension shuffle, M variables,
   * each a step of T features; one for a univariate network.
   */
  public static Placeholder<TFloat32> input(Ops tf, ModelSpec spec) {
    return tf.withName("input")
        .placeholder(
            TFloat32.class, Placeholder.shape(Shape.of(-1, spec.variables(), spec.length())));
  }

  /**
   * Opens a session on a graph of the network. A recurrence over several steps is unrolled, and
   * TensorFlow's graph optimizer takes seconds for it without making it faster, so that it is left
   * out there.
   */
  public static Session session(Graph graph, ModelSpec spec, Threads threads) {
    return session(graph, spec, threads, Precision.FLOAT32);
  }

  /** As {@link #session(Graph, ModelSpec, Threads)}, with products of a given precision. */
  public static Session session(Graph graph, ModelSpec spec, Threads threads, Precision precision) {
    RewriterConfig.Builder optimizer = RewriterConfig.newBuilder();
    boolean unrolled = spec.recurrentSteps() > 1;
    if (precision == Precision.BFLOAT16) {
      optimizer.setAutoMixedPrecisionOnednnBfloat16(RewriterConfig.Toggle.ON);
      if (unrolled) {
        optimizer
            .setConstantFolding(RewriterConfig.Toggle.OFF)
            .setArithmeticOptimization(RewriterConfig.Toggle.OFF)
            .setDependencyOptimization(RewriterConfig.Toggle.OFF)
            .setCommonSubgraphElimination(RewriterConfig.Toggle.OFF)
            .setRemapping(RewriterConfig.Toggle.OFF);
      }
    } else {
      optimizer.setDisableMetaOptimizer(unrolled);
    }
    return new Session(
        graph,
        threads
            .configuration()
            .setGraphOptions(GraphOptions.newBuilder().setRewriteOptions(optimizer))
            .build());
  }

  /**
   * Adds the network to a graph.
   *
   * @param <X> how these layers hold the series of the convolutional branch
   * @param tf the operations of the graph
   * @param spec the specification of the network
   * @param layers the layers with their weights
   * @param input float32 {@code (N, M, T)}
   */
  public static <X> Outputs build(
      Ops tf, ModelSpec spec, NetworkLayers<X> layers, Operand<TFloat32> input) {
    List<Operand<TFloat32>> branches = new ArrayList<>();
    if (spec.recurrent() != null) {
      Operand<TFloat32> lstm = layers.recurrent("lstm", input); // (N, cells)
      branches.add(layers.dropout(lstm, input)); // (N, cells)
    }
    if (!spec.blocks().isEmpty()) {
      X x = layers.permuted(input); // (N, T, M)
      for (int number = 1; number <= spec.blocks().size(); number++) {
        ConvolutionBlock block = spec.blocks().get(number - 1);
        x = layers.block(number, x); // (N, T, filters): 128, 256, 128 in the papers
        if (block.hasSqueezeAndExcite()) {
          Operand<TFloat32> squeezed = // (N, filters)
              layers.pooled("se" + number + "_squeeze", x);
          x =
              layers.scaled(
                  number, x, SqueezeAndExcite.scale(tf, number, squeezed, layers::weight));
        }
      }
      branches.add(layers.pooled("gap", x)); // (N, filters)
    }
    Operand<TFloat32> features = // (N, cells + filters)
        branches.size() == 1
            ? branches.get(0)
            : tf.withName("concat").concat(branches, tf.constant(1));
    Operand<TFloat32> logits =
        tf.linalg.matMul(layers.checked(features, input), layers.weight("dense/kernel"));
    logits = tf.withName("logits").nn.biasAdd(logits, layers.weight("dense/bias")); // (N, classes)
    return new Outputs(logits, tf.withName("probabilities").nn.softmax(logits)); // (N, classes)
  }
}
