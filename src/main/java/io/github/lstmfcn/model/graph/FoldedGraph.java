package io.github.lstmfcn.model.graph;

import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.WeightArray;
import io.github.lstmfcn.model.winograd.MinimalFiltering;
import io.github.lstmfcn.model.winograd.Phases;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.types.TFloat32;

/**
 * {@link LstmFcnGraph} for prediction: the same function of the input, to rounding, in fewer
 * operations. Each BatchNormalization is folded into its convolution, of which two are done by
 * {@link MinimalFiltering}; the LSTM, which sees one step from a state of zeros, is without
 * recurrence, forget gate and alignment.
 *
 * <p>The exact graph remains the reference. Of its named operations this one has {@code input},
 * {@code lstm}, {@code gap}, {@code concat}, {@code logits} and {@code probabilities}.
 */
public final class FoldedGraph {

  private FoldedGraph() {}

  /** The ends of the graph, each float32 {@code (N, classes)}. */
  public record Outputs(Operand<TFloat32> logits, Operand<TFloat32> probabilities) {}

  /** How the second and third convolution are computed. */
  public enum Convolutions {
    /** By TensorFlow's operation: the graph is small, and there sooner. */
    PLAIN,
    /** By {@link MinimalFiltering}: quicker from a few hundred steps a batch on. */
    FILTERED
  }

  /**
   * Adds the network to a graph, its weights as constants.
   *
   * @param input float32 {@code (N, 1, T)}
   */
  public static Outputs build(
      Ops tf, ModelWeights weights, Convolutions convolutions, Operand<TFloat32> input) {
    Map<String, WeightArray> folded = FoldedWeights.of(weights);
    Function<String, Operand<TFloat32>> arrays = LstmFcnSession.constants(tf, folded);
    Operand<TFloat32> lstm = tf.withName("lstm").identity(lstm(tf, weights.spec(), input, arrays));
    Operand<TFloat32> mean =
        switch (convolutions) {
          case PLAIN -> plain(tf, input, arrays);
          case FILTERED -> filtered(tf, weights.spec().length(), input, folded, arrays);
        };
    Operand<TFloat32> gap = tf.withName("gap").identity(mean); // (N, 128)
    Operand<TFloat32> concat =
        tf.withName("concat").concat(List.of(lstm, gap), tf.constant(1)); // (N, cells + 128)
    Operand<TFloat32> logits = tf.linalg.matMul(concat, arrays.apply("dense/kernel"));
    logits = tf.withName("logits").nn.biasAdd(logits, arrays.apply("dense/bias")); // (N, classes)
    return new Outputs(logits, tf.withName("probabilities").nn.softmax(logits)); // (N, classes)
  }

  private static Operand<TFloat32> plain(
      Ops tf, Operand<TFloat32> input, Function<String, Operand<TFloat32>> arrays) {
    Operand<TFloat32> x = tf.expandDims(input, tf.constant(3)); // (N, 1, T, 1)
    for (int block = 1; block <= LstmFcnGraph.FILTERS.size(); block++) {
      Operand<TFloat32> kernel =
          tf.expandDims(arrays.apply("conv" + block + "/kernel"), tf.constant(0));
      x = tf.nn.conv2d(x, kernel, List.of(1L, 1L, 1L, 1L), "SAME");
      x = tf.nn.relu(tf.nn.biasAdd(x, arrays.apply("conv" + block + "/bias")));
    }
    return tf.math.mean(x, tf.constant(new int[] {1, 2})); // (N, 128)
  }

  private static Operand<TFloat32> filtered(
      Ops tf,
      int length,
      Operand<TFloat32> input,
      Map<String, WeightArray> folded,
      Function<String, Operand<TFloat32>> arrays) {
    Operand<TFloat32> first =
        Phases.convolved(
            tf, length, input, arrays.apply("conv1/kernel"), arrays.apply("conv1/bias"));
    Phases x = Phases.parted(tf, length, tf.nn.relu(first));
    for (int block = 2; block <= LstmFcnGraph.FILTERS.size(); block++) {
      x = convolution(tf, block, x, folded.get("conv" + block + "/kernel"), arrays);
    }
    return x.mean(tf); // (N, 128)
  }

  private static Phases convolution(
      Ops tf, int block, Phases x, WeightArray kernel, Function<String, Operand<TFloat32>> arrays) {
    MinimalFiltering filtering = new MinimalFiltering(kernel.shape()[0]);
    List<Operand<TFloat32>> values = filtering.values(tf, x, kernel.shape()[1]);
    List<Operand<TFloat32>> matrices = matrices(tf, block, filtering.matrices(kernel));
    Operand<TFloat32> bias = arrays.apply("conv" + block + "/bias");
    List<Operand<TFloat32>> products = MinimalFiltering.products(tf, values, matrices, bias);
    return filtering.steps(tf, x.length(), products, kernel.shape()[2], tf.nn::relu);
  }

  private static List<Operand<TFloat32>> matrices(Ops tf, int block, List<WeightArray> matrices) {
    Map<String, WeightArray> named = new LinkedHashMap<>();
    for (WeightArray matrix : matrices) {
      named.put("conv" + block + "/matrix" + named.size(), matrix);
    }
    Function<String, Operand<TFloat32>> constants = LstmFcnSession.constants(tf, named);
    List<Operand<TFloat32>> operands = new ArrayList<>();
    named.keySet().forEach(name -> operands.add(constants.apply(name)));
    return operands;
  }

  /** {@code h = o tanh(i g)}. */
  private static Operand<TFloat32> lstm(
      Ops tf, ModelSpec spec, Operand<TFloat32> input, Function<String, Operand<TFloat32>> arrays) {
    Operand<TFloat32> x = tf.squeeze(input, Squeeze.axis(List.of(1L))); // (N, T)
    Operand<TFloat32> z = tf.linalg.matMul(x, arrays.apply("lstm/kernel")); // (N, 3 cells)
    if (spec.dependsOnBatch()) {
      Operand<TFloat32> sum = tf.reduceSum(x, tf.constant(0), ReduceSum.keepDims(true)); // (1, T)
      z = tf.math.add(z, tf.linalg.matMul(sum, arrays.apply("lstm/attention_kernel")));
    }
    z = tf.nn.biasAdd(z, arrays.apply("lstm/bias"));
    List<? extends Operand<TFloat32>> parts = tf.split(tf.constant(1), z, 3L).output();
    Operand<TFloat32> i = spec.gateActivation().apply(tf, parts.get(0)); // (N, cells)
    Operand<TFloat32> g = tf.math.tanh(parts.get(1));
    Operand<TFloat32> o = spec.gateActivation().apply(tf, parts.get(2));
    return tf.math.mul(o, tf.math.tanh(tf.math.mul(i, g)));
  }
}
