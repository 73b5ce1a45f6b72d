package io.github.lstmfcn.model.graph;

import io.github.lstmfcn.model.Convolutions;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.winograd.FilteredConvolution;
import io.github.lstmfcn.model.winograd.MinimalFiltering;
import io.github.lstmfcn.model.winograd.Phases;
import java.util.ArrayList;
import java.util.Collections;
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
 * The layers for training. If they are computed by minimal filtering, the blocks from the second on
 * have gradients of their own, and series are held as float32 {@code (T, N, channels)}, one phase
 * after another; before the first block, as the input itself. Else the convolutional branch is that
 * of {@link ExactLayers}.
 */
public final class TrainingLayers implements NetworkLayers<Operand<TFloat32>> {
  private final Ops tf;
  private final ModelSpec spec;
  private final Mode.Training mode;
  private final Function<String, Operand<TFloat32>> weights;
  private final ExactLayers exact;
  private final boolean filtered;
  private final int tile;
  private final List<BatchStatistics> statistics = new ArrayList<>();

  /** The convolutions of the blocks from the second on. */
  private final List<FilteredConvolution> convolutions = new ArrayList<>();

  /**
   * Creates layers that are added to a graph.
   *
   * @param convolutions how convolutions are computed; direct where there is no minimal filtering
   *     for the kernel size of a block
   * @param mode what is dropped, and what is frozen
   * @param weights the operand of each array of {@link ModelWeights#shapes}
   */
  public TrainingLayers(
      Ops tf,
      ModelSpec spec,
      Convolutions convolutions,
      Mode.Training mode,
      Function<String, Operand<TFloat32>> weights) {
    this.tf = tf;
    this.spec = spec;
    this.mode = mode;
    this.weights = weights;
    exact = new ExactLayers(tf, spec, mode, weights);
    filtered = MinimalFiltering.isUsed(convolutions, spec.blocks());
    tile = convolutions.tile().orElse(1);
  }

  @Override
  public Operand<TFloat32> recurrent(String name, Operand<TFloat32> input) {
    if (spec.dependsOnBatch()) {
      return exact.recurrent(name, input);
    }
    RecurrentInput x = RecurrentInput.of(tf, spec, input, weights); // (N, steps, features)
    UnrolledLstm.Cell cell = (z, state) -> Lstm.advance(tf, z, state, spec.gateActivation());
    return tf.withName(name).identity(UnrolledLstm.forTraining(tf, spec, x, weights, cell));
  }

  @Override
  public Operand<TFloat32> dropout(Operand<TFloat32> lstm, Operand<TFloat32> input) {
    return exact.dropout(lstm, input);
  }

  @Override
  public Operand<TFloat32> permuted(Operand<TFloat32> input) {
    return filtered ? input : exact.permuted(input);
  }

  @Override
  public Operand<TFloat32> block(int number, Operand<TFloat32> x) {
    if (!filtered) {
      return exact.block(number, x);
    }
    ConvBlock block = new ConvBlock(number);
    Operand<TFloat32> kernel = weights.apply(block.kernel());
    Operand<TFloat32> bias = weights.apply(block.bias());
    if (number == 1) {
      return normalized(block, Phases.convolved(tf, spec.length(), tile, x, kernel, bias));
    }
    FilteredConvolution convolution =
        FilteredConvolution.apply(tf, spec.length(), tile, x, kernel, bias);
    convolutions.add(convolution);
    return normalized(block, convolution.y());
  }

  private Operand<TFloat32> normalized(ConvBlock block, Operand<TFloat32> x) {
    BatchNormalization bn =
        BatchNormalization.apply(
            tf, mode, block.normalization(), tf.expandDims(x, tf.constant(0)), weights);
    bn.statistics().ifPresent(statistics::add); // of (1, T, N, filters)
    return tf.squeeze(tf.nn.relu(bn.y()), Squeeze.axis(List.of(0L))); // (T, N, filters)
  }

  @Override
  public Operand<TFloat32> scaled(int number, Operand<TFloat32> x, Operand<TFloat32> scale) {
    return filtered
        ? tf.math.mul(x, tf.expandDims(scale, tf.constant(0))) // (T, N, filters)
        : exact.scaled(number, x, scale);
  }

  @Override
  public Operand<TFloat32> pooled(String name, Operand<TFloat32> x) {
    return filtered // (N, filters)
        ? tf.withName(name).math.mean(x, tf.constant(0))
        : exact.pooled(name, x);
  }

  @Override
  public Operand<TFloat32> weight(String name) {
    return weights.apply(name);
  }

  /** The statistics of the batch normalisations that normalised by the batch. */
  public List<BatchStatistics> statistics() {
    return filtered ? Collections.unmodifiableList(statistics) : exact.statistics();
  }

  /**
   * Adds the gradients of a scalar to the graph. The gradient by a bias in front of a normalisation
   * by the batch's mean is set to exactly 0 instead of what rounding would leave of it, because
   * Adam would scale that up to full steps.
   *
   * @param tf the operations for the gradients
   * @param scalar the scalar that depends on the network's outputs
   * @param names the names of the arrays
   * @return one gradient per array, by name
   */
  public Map<String, Operand<TFloat32>> gradients(
      Ops tf, Operand<TFloat32> scalar, List<String> names) {
    Map<String, Operand<TFloat32>> gradients = new HashMap<>();
    List<String> left = new ArrayList<>(names);
    for (String bias : biasesWithoutEffect()) {
      if (left.remove(bias)) {
        gradients.put(bias, tf.zerosLike(weights.apply(bias)));
      }
    }
    Operand<TFloat32> y = scalar;
    Gradients.Options[] options = {};
    for (int number = convolutions.size() + 1; number > 1; number--) {
      if (left.stream().noneMatch(name -> isUpToBlock(spec.blocks().size(), name))) {
        break;
      }
      ConvBlock block = new ConvBlock(number);
      FilteredConvolution convolution = convolutions.get(number - 2);
      // The arrays between this convolution and the following one.
      List<String> between = new ArrayList<>(left);
      int before = number - 1;
      between.removeIf(name -> block.convolves(name) || isUpToBlock(before, name));
      left.removeAll(between);
      List<Operand<TFloat32>> xs = new ArrayList<>(between.stream().map(weights).toList());
      xs.add(convolution.y());
      Gradients found = tf.gradients(List.of(y), xs, options);
      put(gradients, between, found);
      FilteredConvolution.Gradient gradient =
          convolution.gradient(tf, found.<TFloat32>dy(between.size()));
      if (left.remove(block.kernel())) {
        gradients.put(block.kernel(), gradient.kernel());
      }
      if (left.remove(block.bias())) {
        gradients.put(block.bias(), gradient.bias());
      }
      y = convolution.x();
      options = new Gradients.Options[] {Gradients.dx(List.of(gradient.x()))};
    }
    put(gradients, left, tf.gradients(List.of(y), left.stream().map(weights).toList(), options));
    return gradients;
  }

  /** The biases that have no effect because the batch's mean is subtracted afterwards. */
  private List<String> biasesWithoutEffect() {
    List<String> biases = new ArrayList<>();
    for (int number = 1; number <= spec.blocks().size(); number++) {
      ConvBlock block = new ConvBlock(number);
      if (statistics().stream().anyMatch(batch -> batch.layer().equals(block.normalization()))) {
        biases.add(block.bias());
      }
    }
    return biases;
  }

  private static void put(
      Map<String, Operand<TFloat32>> gradients, List<String> names, Gradients found) {
    for (int index = 0; index < names.size(); index++) {
      gradients.put(names.get(index), found.dy(index));
    }
  }

  private static boolean isUpToBlock(int last, String name) {
    for (int number = 1; number <= last; number++) {
      if (new ConvBlock(number).owns(name)) {
        return true;
      }
    }
    return false;
  }
}
