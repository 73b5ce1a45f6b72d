package io.github.lstmfcn.model.graph;

import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.ModelWeights;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/**
 * LSTM-FCN and ALSTM-FCN, beside figure 1 of Karim, Majumdar, Darabi, Chen: <i>LSTM Fully
 * Convolutional Networks for Time Series Classification</i> (2017).
 *
 * <p>Every intermediate is an operation of the graph under its name here: {@code input}, {@code
 * lstm}, {@code attention} (ALSTM-FCN), {@code conv1..3}, {@code bn1..3}, {@code relu1..3}, {@code
 * gap}, {@code concat}, {@code logits}, {@code probabilities}.
 */
public final class LstmFcnGraph {
  /** Filters of the three convolutions (2017 paper, section III-A). */
  public static final List<Integer> FILTERS = List.of(128, 256, 128);

  /** Their kernel sizes (2017 paper, section III-A). */
  public static final List<Integer> KERNEL_SIZES = List.of(8, 5, 3);

  private LstmFcnGraph() {}

  /**
   * The ends of the graph.
   *
   * @param logits float32 {@code (N, classes)}
   * @param probabilities float32 {@code (N, classes)}
   * @param statistics of the batch normalisations that used the batch's own; none at inference
   */
  public record Outputs(
      Operand<TFloat32> logits,
      Operand<TFloat32> probabilities,
      List<BatchStatistics> statistics) {}

  /**
   * Adds the network at inference to a graph: without dropout, with moving averages.
   *
   * @param tf the graph's operations
   * @param spec what to build
   * @param weights the operand of each array of {@link ModelWeights#shapes}
   */
  public static Outputs build(Ops tf, ModelSpec spec, Function<String, Operand<TFloat32>> weights) {
    return build(tf, spec, Mode.INFERENCE, input(tf, spec), weights);
  }

  /** float32 {@code (N, 1, T)}: the dimension shuffle, one step of T features. */
  static Placeholder<TFloat32> input(Ops tf, ModelSpec spec) {
    return tf.withName("input")
        .placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 1, spec.length())));
  }

  /**
   * Adds the network to a graph, on an input that is there already.
   *
   * @param mode for predictions or for gradients
   * @param input float32 {@code (N, 1, T)}
   */
  public static Outputs build(
      Ops tf,
      ModelSpec spec,
      Mode mode,
      Operand<TFloat32> input,
      Function<String, Operand<TFloat32>> weights) {
    Operand<TFloat32> lstm = recurrent(tf, spec, mode, input, weights); // (N, cells)
    Operand<TFloat32> x = tf.linalg.transpose(input, tf.constant(new int[] {0, 2, 1})); // (N, T, 1)
    ConvBlock block1 = ConvBlock.apply(tf, mode, 1, x, weights); // (N, T, 128)
    ConvBlock block2 = ConvBlock.apply(tf, mode, 2, block1.relu(), weights); // (N, T, 256)
    ConvBlock block3 = ConvBlock.apply(tf, mode, 3, block2.relu(), weights); // (N, T, 128)
    Operand<TFloat32> gap = tf.withName("gap").math.mean(block3.relu(), tf.constant(1)); // (N, 128)

    List<BatchStatistics> statistics =
        Stream.of(block1, block2, block3).flatMap(block -> block.statistics().stream()).toList();
    return head(tf, lstm, gap, statistics, weights);
  }

  /** The recurrent branch: float32 {@code (N, cells)}. */
  static Operand<TFloat32> recurrent(
      Ops tf,
      ModelSpec spec,
      Mode mode,
      Operand<TFloat32> input,
      Function<String, Operand<TFloat32>> weights) {
    Operand<TFloat32> lstm;
    if (spec.kind() == ModelKind.ALSTM_FCN) {
      AttentionLstm.Output output = AttentionLstm.apply(tf, spec, input, weights);
      tf.withName("attention").identity(output.attention()); // (N, 1, T)
      lstm = output.h();
    } else {
      lstm = Lstm.apply(tf, spec, input, weights);
    }
    lstm = tf.withName("lstm").identity(lstm); // (N, cells)
    return Dropout.apply(tf, mode, lstm, input, spec.cells()); // (N, cells)
  }

  /** What joins the branches. */
  static Outputs head(
      Ops tf,
      Operand<TFloat32> lstm,
      Operand<TFloat32> gap,
      List<BatchStatistics> statistics,
      Function<String, Operand<TFloat32>> weights) {
    Operand<TFloat32> concat =
        tf.withName("concat").concat(List.of(lstm, gap), tf.constant(1)); // (N, cells + 128)
    Operand<TFloat32> logits = tf.linalg.matMul(concat, weights.apply("dense/kernel"));
    logits = tf.withName("logits").nn.biasAdd(logits, weights.apply("dense/bias")); // (N, classes)
    Operand<TFloat32> probabilities =
        tf.withName("probabilities").nn.softmax(logits); // (N, classes)
    return new Outputs(logits, probabilities, statistics);
  }
}
