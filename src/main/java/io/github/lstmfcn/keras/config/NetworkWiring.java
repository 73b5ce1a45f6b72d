package io.github.lstmfcn.keras.config;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.keras.config.Signal.Stage;
import io.github.lstmfcn.model.ConvolutionBlock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The wiring of LSTM-FCN and ALSTM-FCN: what each layer computes from its inputs, and which inputs
 * it may have.
 */
public final class NetworkWiring {
  /** The blocks of the networks that can be read. */
  public static final List<ConvolutionBlock> BLOCKS = ConvolutionBlock.OF_THE_PAPERS;

  private NetworkWiring() {}

  /**
   * The output of a layer for its inputs.
   *
   * @throws InvalidInputException if the network has no such layer in this place
   */
  static Signal through(ConfiguredLayer layer, List<Signal> inputs) {
    String kind = layer.kind().name();
    if (kind.equals("Concatenate") || kind.equals("Merge")) {
      return concatenation(layer, inputs);
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
      case "Dense" -> head(layer, input);
      default -> throw layer.refusal("no " + kind + " here", input.toString());
    };
  }

  /** The signal of an input layer, by its shape without the batch axis. */
  static Signal input(ConfiguredLayer layer, List<String> shape) {
    int last = shape.size() - 1;
    if (shape.size() == 3 && shape.get(1).equals("1")) {
      return Signal.input(Stage.ROW, layer.name(), length(shape.get(2)));
    }
    if (shape.size() == 3 && shape.get(2).equals("1")) {
      return Signal.input(Stage.COLUMN, layer.name(), length(shape.get(1)));
    }
    if (shape.size() == 2) {
      return Signal.input(Stage.FLAT, layer.name(), length(shape.get(last)));
    }
    throw layer.refusal("univariate series, (1, T) or (T, 1)", "input of shape " + shape);
  }

  private static int length(String dimension) {
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
    String length = input.length() + "";
    if (!input.stage().isInput()) {
      throw layer.refusal("Reshape of the series", "of " + input);
    }
    for (Stage stage : new Stage[] {Stage.ROW, Stage.COLUMN}) {
      int time = stage == Stage.ROW ? 1 : 0;
      boolean fits = shape.size() == 2 && shape.get(1 - time).equals("1");
      if (fits && (shape.get(time).equals("-1") || shape.get(time).equals(length))) {
        return input.reshaped(stage, layer);
      }
    }
    throw layer.refusal("target_shape (1, T) or (T, 1)", shape.toString());
  }

  private static Signal flattened(ConfiguredLayer layer, Signal input) {
    if (!input.stage().isVector()) {
      throw layer.refusal("no Flatten here", "Flatten of " + input);
    }
    return input;
  }

  private static Signal convolution(ConfiguredLayer layer, Signal input) {
    boolean first = input.stage() == Stage.COLUMN;
    boolean next = input.stage() == Stage.ACTIVATED && input.block() < BLOCKS.size();
    if (!first && !next) {
      throw layer.refusal(
          "a Conv1D over " + Stage.COLUMN + ", or over the output of block 1 or 2",
          "one over " + input);
    }
    int block = first ? 1 : input.block() + 1;
    ConvolutionBlock expected = BLOCKS.get(block - 1);
    boolean keras1 = layer.kind().name().equals("Convolution1D");
    String padding = keras1 ? "border_mode" : "padding";
    if (!layer.value(padding).text().equals("same")) {
      throw layer.refusal(padding + " same", layer.value(padding).text());
    }
    expect(layer, "kernel_size", "filter_length", expected.kernelSize(), block);
    expect(layer, "filters", "nb_filter", expected.filters(), block);
    return input.through(layer, ConvolutionBlock.convolution(block), Stage.CONVOLVED, block);
  }

  private static void expect(
      ConfiguredLayer layer, String key, String keras1Key, int expected, int block) {
    if (layer.count(key, keras1Key) != expected) {
      String name = layer.config().has(key) ? key : keras1Key;
      throw layer.refusal(
          name + " " + expected + " in block " + block, layer.value(key, keras1Key).text());
    }
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
    if (input.stage() == Stage.COLUMN) {
      throw overSteps(layer.file(), layer.place(), input.toString());
    }
    return step(layer, input, Stage.ROW, "lstm", Stage.RECURRENT);
  }

  /** The exception for a recurrent layer that reads a series step by step. */
  public static InvalidInputException overSteps(Path file, String place, String found) {
    return new InvalidInputException(
        file,
        place,
        "a recurrent layer that reads the whole series as one step, (1, T)",
        found + ": a recurrence over the steps of the series",
        "networks whose LSTM reads (T, 1), such as sktime's LSTMFCNClassifier, are not supported");
  }

  private static Signal pooling(ConfiguredLayer layer, Signal input) {
    if (input.stage() != Stage.ACTIVATED || input.block() != BLOCKS.size()) {
      throw layer.refusal("GlobalAveragePooling1D of block 3's output", "of " + input);
    }
    return input.through(layer, "", Stage.POOLED, BLOCKS.size());
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

  private static Signal head(ConfiguredLayer layer, Signal input) {
    String activation = layer.value("activation").text();
    if (input.stage() != Stage.JOINED) {
      throw layer.refusal("one Dense layer, after both branches are joined", "one after " + input);
    }
    return switch (activation) {
      case "softmax" -> input.through(layer, "dense", Stage.PROBABILITIES, 0);
      case "linear", "none" -> input.through(layer, "dense", Stage.LOGITS, 0);
      default -> throw layer.refusal("activation softmax", activation);
    };
  }
}
