package io.github.lstmfcn.model.graph;

import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.winograd.FilteredConvolution;
import io.github.lstmfcn.model.winograd.MinimalFiltering;
import io.github.lstmfcn.model.winograd.Phases;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gradients;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.types.TFloat32;

/**
 * {@link LstmFcnGraph} for training: the same function of input and weights, to rounding, with the
 * second and third convolution by {@link MinimalFiltering}.
 */
public final class FilteredGraph {
  private final LstmFcnGraph.Outputs outputs;
  private final List<FilteredConvolution> convolutions = new ArrayList<>();

  /**
   * Adds the network to a graph.
   *
   * @param input float32 {@code (N, 1, T)}
   * @param weights the operand of each array of {@link ModelWeights#shapes}
   */
  public FilteredGraph(
      Ops tf,
      ModelSpec spec,
      Mode mode,
      Operand<TFloat32> input,
      Function<String, Operand<TFloat32>> weights) {
    Operand<TFloat32> lstm = LstmFcnGraph.recurrent(tf, spec, mode, input, weights); // (N, cells)
    List<BatchStatistics> statistics = new ArrayList<>();
    Operand<TFloat32> x =
        Phases.convolved(
            tf,
            spec.length(),
            input,
            weights.apply("conv1/kernel"),
            weights.apply("conv1/bias")); // (T, N, 128)
    x = normalized(tf, mode, 1, x, weights, statistics); // (T, N, 128)
    for (int block = 2; block <= LstmFcnGraph.FILTERS.size(); block++) {
      FilteredConvolution convolution =
          FilteredConvolution.apply(
              tf,
              spec.length(),
              x,
              weights.apply("conv" + block + "/kernel"),
              weights.apply("conv" + block + "/bias"));
      convolutions.add(convolution);
      x = normalized(tf, mode, block, convolution.y(), weights, statistics);
    }
    Operand<TFloat32> gap = tf.math.mean(x, tf.constant(0)); // (N, 128)
    outputs = LstmFcnGraph.head(tf, lstm, gap, statistics, weights);
  }

  private static Operand<TFloat32> normalized(
      Ops tf,
      Mode mode,
      int block,
      Operand<TFloat32> x,
      Function<String, Operand<TFloat32>> weights,
      List<BatchStatistics> statistics) {
    BatchNormalization bn =
        BatchNormalization.apply(
            tf, mode, "bn" + block, tf.expandDims(x, tf.constant(0)), weights); // (1, T, N, …)
    bn.statistics().ifPresent(statistics::add);
    return tf.squeeze(tf.nn.relu(bn.y()), Squeeze.axis(List.of(0L))); // (T, N, filters)
  }

  /** The ends of the graph. */
  public LstmFcnGraph.Outputs outputs() {
    return outputs;
  }

  /**
   * Adds the gradients of a scalar of the outputs to the graph. That by a bias before a
   * normalisation by the batch's own mean is 0, and not what rounding leaves of it: Adam would make
   * whole steps of that.
   *
   * @param names of the arrays
   * @param weights as the network has them
   * @return one an array
   */
  public Map<String, Operand<TFloat32>> gradients(
      Ops tf,
      Operand<TFloat32> scalar,
      List<String> names,
      Function<String, Operand<TFloat32>> weights) {
    Map<String, Operand<TFloat32>> gradients = new HashMap<>();
    List<String> withoutEffect =
        outputs.statistics().stream()
            .map(batch -> batch.layer().replace("bn", "conv") + "/bias")
            .toList();
    List<String> left = new ArrayList<>();
    for (String name : names) {
      if (withoutEffect.contains(name)) {
        gradients.put(name, tf.zerosLike(weights.apply(name)));
      } else {
        left.add(name);
      }
    }
    Operand<TFloat32> y = scalar;
    Gradients.Options[] options = {};
    for (int block = LstmFcnGraph.FILTERS.size(); block > 1; block--) {
      if (left.stream().noneMatch(FilteredGraph::isOfConvolutions)) {
        break;
      }
      FilteredConvolution convolution = convolutions.get(block - 2);
      // What is between this convolution and the one behind it.
      List<String> between = new ArrayList<>(left);
      String own = "conv" + block + "/";
      int number = block;
      between.removeIf(name -> name.startsWith(own) || isOfConvolutionBefore(name, number));
      left.removeAll(between);
      List<Operand<TFloat32>> xs = new ArrayList<>(between.stream().map(weights).toList());
      xs.add(convolution.y());
      Gradients found = tf.gradients(List.of(y), xs, options);
      put(gradients, between, found);
      FilteredConvolution.Gradient gradient =
          convolution.gradient(tf, found.<TFloat32>dy(between.size()));
      if (left.remove(own + "kernel")) {
        gradients.put(own + "kernel", gradient.kernel());
      }
      if (left.remove(own + "bias")) {
        gradients.put(own + "bias", gradient.bias());
      }
      y = convolution.x();
      options = new Gradients.Options[] {Gradients.dx(List.of(gradient.x()))};
    }
    put(gradients, left, tf.gradients(List.of(y), left.stream().map(weights).toList(), options));
    return gradients;
  }

  private static void put(
      Map<String, Operand<TFloat32>> gradients, List<String> names, Gradients found) {
    for (int index = 0; index < names.size(); index++) {
      gradients.put(names.get(index), found.dy(index));
    }
  }

  private static boolean isOfConvolutions(String name) {
    return isOfConvolutionBefore(name, LstmFcnGraph.FILTERS.size() + 1);
  }

  private static boolean isOfConvolutionBefore(String name, int block) {
    for (int before = 1; before < block; before++) {
      if (name.startsWith("conv" + before + "/") || name.startsWith("bn" + before + "/")) {
        return true;
      }
    }
    return false;
  }
}
