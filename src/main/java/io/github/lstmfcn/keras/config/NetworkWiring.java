package io.github.lstmfcn.keras.config;

import io.github.lstmfcn.keras.config.Signal.Stage;
import io.github.lstmfcn.model.ConvolutionBlock;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.Orientation;
import io.github.lstmfcn.model.Subsampling;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The wiring of the networks of the LSTM-FCN family: what each layer computes from its inputs, and
 * which inputs it may have.
 */
final class NetworkWiring {
  /** What a convolution may read, for messages. */
  static final String BEFORE_CONVOLUTION =
      "a Conv1D over " + Stage.COLUMN + ", or over a block's output";

  private static final Set<String> RECURRENT = Set.of("LSTM", "CuDNNLSTM", "AttentionLSTM");

  /** Layers without effect that hand a mask on in every Keras. */
  private static final Set<String> KEEPS_MASK =
      Set.of(
          "Dropout",
          "SpatialDropout1D",
          "GaussianNoise",
          "GaussianDropout",
          "AlphaDropout",
          "ActivityRegularization");

  private NetworkWiring() {}

  /**
   * The output of a layer for its inputs.
   *
   * @param separate whether the inputs are arguments of their own rather than one list
   * @throws io.github.lstmfcn.error.InvalidInputException if the network has no such layer in this
   *     place
   */
  static Signal through(ConfiguredLayer layer, List<Signal> inputs, boolean separate) {
    String kind = layer.kind().name();
    for (Signal input : inputs) {
      if (input.masked() && !RECURRENT.contains(kind) && !KEEPS_MASK.contains(kind)) {
        throw layer.refusal("a recurrent layer behind a mask", kind + " of " + input);
      }
    }
    if (kind.equals("Concatenate") || kind.equals("Merge")) {
      return concatenation(layer, inputs);
    }
    if (kind.equals("Multiply")) {
      return excitation(layer, inputs, separate);
    }
    if (inputs.size() != 1) {
      throw layer.refusal("one input", inputs.size() + " " + inputs);
    }
    Signal input = inputs.get(0);
    if (LayerRules.IDLE_CLASSES.contains(kind)) {
      return input;
    }
    return switch (kind) {
      case "Permute" -> permuted(layer, input);
      case "Reshape" -> reshaped(layer, input);
      case "Flatten" -> flattened(layer, input);
      case "Masking" -> masked(layer, input);
      case "Conv1D", "Convolution1D" -> convolution(layer, input);
      case "BatchNormalization" ->
          step(
              layer,
              input,
              Stage.CONVOLVED,
              ConvolutionBlock.normalization(input.block()),
              Stage.NORMALIZED);
      case "Activation" -> activation(layer, layer.value("activation").text(), input);
      case "ReLU" -> activation(layer, "relu", input);
      case "Softmax" -> activation(layer, "softmax", input);
      case "LSTM", "CuDNNLSTM", "AttentionLSTM" -> recurrence(layer, input);
      case "GlobalAveragePooling1D" -> pooling(layer, input);
      case "Dense" -> dense(layer, input);
      default -> throw layer.refusal("no " + kind + " here", input.toString());
    };
  }

  /**
   * The signal of an input layer.
   *
   * @param shape the shape with the batch axis
   * @param stepsFirst whether the first axis of several variables is time, which the shape does not
   *     tell
   */
  static Signal input(ConfiguredLayer layer, List<String> shape, boolean stepsFirst) {
    if (shape.size() == 2) {
      return Signal.input(Stage.FLAT, layer.name(), 1, size(shape.get(1)));
    }
    if (shape.size() != 3) {
      throw layer.refusal("series, (variables, T) or (T, variables)", "an input of shape " + shape);
    }
    int first = size(shape.get(1));
    int second = size(shape.get(2));
    boolean column = first != 1 && (second == 1 || stepsFirst);
    return column
        ? Signal.input(Stage.COLUMN, layer.name(), second, first)
        : Signal.input(Stage.ROW, layer.name(), first, second);
  }

  private static int size(String dimension) {
    return dimension.matches("[1-9]\\d{0,8}") ? Integer.parseInt(dimension) : 0;
  }

  private static Signal permuted(ConfiguredLayer layer, Signal input) {
    List<String> dims = layer.value("dims").texts();
    if (dims.equals(List.of("1", "2"))) {
      return input;
    }
    if (!dims.equals(List.of("2", "1"))) {
      throw layer.refusal("dims [2, 1]", dims.toString());
    }
    return switch (input.stage()) {
      case ROW -> input.reshaped(Stage.COLUMN, layer);
      case COLUMN -> input.reshaped(Stage.ROW, layer);
      default -> throw layer.refusal("Permute of the series", "of " + input);
    };
  }

  private static Signal reshaped(ConfiguredLayer layer, Signal input) {
    List<String> shape = layer.value("target_shape").texts();
    Stage vector = input.stage().asVector();
    if (vector != null && input.stage().asStep() != null) {
      String channels = filters(input) + "";
      if (fits(shape, "1", channels)) {
        return input.reshaped(input.stage().asStep(), layer);
      }
      if (fits(shape, channels)) {
        return input.reshaped(vector, layer);
      }
      throw layer.refusal("target_shape (1, " + channels + ")", shape.toString());
    }
    if (!input.stage().isInput() || input.isSubsampled()) {
      throw layer.refusal("Reshape of the series", "of " + input);
    }
    if (input.variables() != 1) {
      boolean row = input.stage() == Stage.ROW;
      String variables = input.variables() + "";
      String length = input.length() + "";
      if (fits(shape, row ? variables : length, row ? length : variables)) {
        return input;
      }
      throw layer.refusal(
          "Permute to exchange the axes of several variables", "Reshape to " + shape);
    }
    if (fits(shape, "1", input.length() + "")) {
      return input.reshaped(Stage.ROW, layer);
    }
    if (fits(shape, input.length() + "", "1")) {
      return input.reshaped(Stage.COLUMN, layer);
    }
    throw layer.refusal("target_shape (1, T) or (T, 1)", shape.toString());
  }

  /** Whether a shape is an expected one, with at most one size left open. */
  private static boolean fits(List<String> shape, String... expected) {
    int open = 0;
    for (int axis = 0; axis < expected.length; axis++) {
      boolean isOpen = axis < shape.size() && shape.get(axis).equals("-1");
      open += isOpen ? 1 : 0;
      if (axis >= shape.size() || (!isOpen && !shape.get(axis).equals(expected[axis]))) {
        return false;
      }
    }
    return shape.size() == expected.length && open <= 1;
  }

  /** The number of filters of the block that a signal comes from. */
  private static int filters(Signal input) {
    return input
        .layers()
        .get(ConvolutionBlock.convolution(input.block()))
        .count("filters", "nb_filter");
  }

  private static Signal flattened(ConfiguredLayer layer, Signal input) {
    Stage vector = input.stage().asVector();
    if (vector == null) {
      throw layer.refusal("no Flatten here", "Flatten of " + input);
    }
    return vector == input.stage() ? input : input.reshaped(vector, layer);
  }

  private static Signal masked(ConfiguredLayer layer, Signal input) {
    if (input.stage() != Stage.ROW && input.stage() != Stage.COLUMN) {
      throw layer.refusal("Masking of the series", "Masking of " + input);
    }
    return input.masked(layer);
  }

  private static Signal convolution(ConfiguredLayer layer, Signal input) {
    boolean first = input.stage() == Stage.COLUMN && !input.isSubsampled();
    if (!first && input.stage() != Stage.ACTIVATED) {
      throw layer.refusal(BEFORE_CONVOLUTION, "one over " + input);
    }
    boolean keras1 = layer.kind().name().equals("Convolution1D");
    String padding = keras1 ? "border_mode" : "padding";
    if (!layer.value(padding).text().equals("same")) {
      throw layer.refusal(padding + " same", layer.value(padding).text());
    }
    layer.count("kernel_size", "filter_length");
    layer.count("filters", "nb_filter");
    if (layer.value("activation").text().equals("relu")) {
      if (!first) {
        throw layer.refusal("activation linear in a block", "relu");
      }
      return input.through(layer, Subsampling.NAME, Stage.COLUMN, 0);
    }
    int block = input.block() + 1;
    if (block > ModelSpec.MOST_BLOCKS) {
      throw layer.refusal("at most " + ModelSpec.MOST_BLOCKS + " convolution blocks", "more");
    }
    return input.through(layer, ConvolutionBlock.convolution(block), Stage.CONVOLVED, block);
  }

  private static Signal step(
      ConfiguredLayer layer, Signal input, Stage before, String place, Stage next) {
    if (input.stage() != before) {
      throw layer.refusal("a " + layer.kind().name() + " after " + before, "one after " + input);
    }
    return input.through(layer, place, next, input.block());
  }

  private static Signal activation(ConfiguredLayer layer, String activation, Signal input) {
    boolean again = input.stage() == Stage.ACTIVATED && activation.equals("relu");
    if (activation.equals("linear") || again) {
      return input;
    }
    if (input.stage() == Stage.NORMALIZED) {
      expectActivation(layer, "relu", activation, input);
      return input.through(layer, "", Stage.ACTIVATED, input.block());
    }
    if (input.stage() == Stage.LOGITS) {
      expectActivation(layer, "softmax", activation, input);
      return input.through(layer, "", Stage.PROBABILITIES, input.block());
    }
    throw layer.refusal("no activation after " + input, activation);
  }

  private static void expectActivation(
      ConfiguredLayer layer, String expected, String found, Signal input) {
    if (!found.equals(expected)) {
      throw layer.refusal("activation " + expected + " after " + input, found);
    }
  }

  private static Signal recurrence(ConfiguredLayer layer, Signal input) {
    String kind = layer.kind().name();
    if (input.stage() != Stage.ROW && input.stage() != Stage.COLUMN) {
      throw layer.refusal(
          "a " + kind + " after " + Stage.ROW + ", or step by step, (T, 1)", "one after " + input);
    }
    if (input.masked() && kind.equals("CuDNNLSTM")) {
      throw layer.refusal("no mask before CuDNNLSTM, which knows none", input.toString());
    }
    return input.recurrent(
        layer, input.stage() == Stage.ROW ? Orientation.OVER_VARIABLES : Orientation.OVER_STEPS);
  }

  private static Signal pooling(ConfiguredLayer layer, Signal input) {
    if (input.stage() != Stage.ACTIVATED) {
      throw layer.refusal("GlobalAveragePooling1D of a block's output", "of " + input);
    }
    boolean keeps = !layer.value("keepdims").isNothing();
    return input.through(layer, "", keeps ? Stage.POOLED_STEP : Stage.POOLED, input.block());
  }

  private static Signal concatenation(ConfiguredLayer layer, List<Signal> inputs) {
    boolean merges = layer.kind().name().equals("Merge");
    if (merges && !layer.value("mode").text().equals("concat")) {
      throw layer.refusal("mode concat", layer.value("mode").text());
    }
    List<Stage> stages = new ArrayList<>();
    inputs.forEach(input -> stages.add(input.stage()));
    boolean lstmFirst = stages.equals(List.of(Stage.RECURRENT, Stage.POOLED));
    if (!lstmFirst && !stages.equals(List.of(Stage.POOLED, Stage.RECURRENT))) {
      throw layer.refusal(
          "the recurrent layer's output and the convolutional branch's, joined", inputs.toString());
    }
    return inputs.get(0).joined(inputs.get(1), layer);
  }

  /** The block's output, scaled by what squeeze-and-excite computed from the same output. */
  private static Signal excitation(ConfiguredLayer layer, List<Signal> inputs, boolean separate) {
    String expected = "a block's output and the factors of its squeeze-and-excite, multiplied";
    if (inputs.size() != 2) {
      throw layer.refusal(expected, inputs.toString());
    }
    boolean outputFirst = inputs.get(0).stage() == Stage.ACTIVATED;
    Signal output = inputs.get(outputFirst ? 0 : 1);
    Signal scale = inputs.get(outputFirst ? 1 : 0);
    // Keras' layer adds the missing axis of a vector; an operation would take it for another one.
    boolean scales =
        scale.stage() == Stage.SCALE_STEP || (scale.stage() == Stage.SCALE && !separate);
    if (output.stage() != Stage.ACTIVATED
        || !scales
        || output.block() != scale.block()
        || !output.layers().equals(beforeSqueeze(scale))) {
      throw layer.refusal(expected, inputs.toString());
    }
    return scale.through(layer, "", Stage.ACTIVATED, output.block());
  }

  private static Map<String, ConfiguredLayer> beforeSqueeze(Signal scale) {
    Map<String, ConfiguredLayer> layers = new LinkedHashMap<>(scale.layers());
    layers.remove(ConvolutionBlock.reduction(scale.block()));
    layers.remove(ConvolutionBlock.expansion(scale.block()));
    return layers;
  }

  private static Signal dense(ConfiguredLayer layer, Signal input) {
    String activation = layer.value("activation").text();
    return switch (input.stage()) {
      case POOLED_STEP -> squeezed(layer, input, "relu", Stage.REDUCED_STEP);
      case REDUCED, REDUCED_STEP -> squeezed(layer, input, "sigmoid", scale(input));
      case POOLED ->
          activation.equals("relu")
              ? squeezed(layer, input, "relu", Stage.REDUCED)
              : head(layer, activation, input);
      case RECURRENT, JOINED -> head(layer, activation, input);
      default ->
          throw layer.refusal(
              "one Dense layer, after both branches are joined", "one after " + input);
    };
  }

  private static Stage scale(Signal reduced) {
    return reduced.stage() == Stage.REDUCED ? Stage.SCALE : Stage.SCALE_STEP;
  }

  /** A Dense of squeeze-and-excite. */
  private static Signal squeezed(
      ConfiguredLayer layer, Signal input, String activation, Stage next) {
    if (input.isExcited()) {
      throw layer.refusal("one squeeze-and-excite per block", "a second one after " + input);
    }
    expectActivation(layer, activation, layer.value("activation").text(), input);
    if (layer.hasBias()) {
      throw layer.refusal("a Dense of squeeze-and-excite without bias", "one with use_bias");
    }
    boolean reduces = activation.equals("relu");
    String place =
        reduces
            ? ConvolutionBlock.reduction(input.block())
            : ConvolutionBlock.expansion(input.block());
    layer.count("units", "output_dim");
    return input.through(layer, place, next, input.block());
  }

  private static Signal head(ConfiguredLayer layer, String activation, Signal input) {
    return switch (activation) {
      case "softmax" -> input.through(layer, "dense", Stage.PROBABILITIES, 0);
      case "linear", "none" -> input.through(layer, "dense", Stage.LOGITS, 0);
      default -> throw layer.refusal("activation softmax", activation);
    };
  }
}
