package io.github.lstmfcn.keras.layout;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A layer of a weight file that has weights.
 *
 * @param name the name in the file
 * @param arrays the arrays in the order in which Keras lists them
 */
public record KerasLayer(String name, List<KerasArray> arrays) {

  /** The kind of a layer, as far as the shapes of its arrays tell. */
  public enum Role {
    CONVOLUTION("Conv1D"),
    BIASLESS_CONVOLUTION("Conv1D"),
    BATCH_NORMALIZATION("BatchNormalization"),
    LSTM("LSTM"),
    ATTENTION_LSTM("AttentionLSTM"),
    DENSE("Dense"),
    BIASLESS_DENSE("Dense"),
    UNKNOWN("unknown");

    private final String kerasClass;

    Role(String kerasClass) {
      this.kerasClass = kerasClass;
    }

    @Override
    public String toString() {
      return kerasClass;
    }
  }

  /** Copies the list of arrays. */
  public KerasLayer {
    arrays = List.copyOf(arrays);
  }

  /** The kind of the layer by the ranks of its arrays. */
  public Role role() {
    String ranks = arrays.stream().map(a -> "" + a.rank()).collect(Collectors.joining());
    return switch (ranks) {
      case "31", "41" -> Role.CONVOLUTION;
      case "3", "4" -> Role.BIASLESS_CONVOLUTION;
      case "1111" -> Role.BATCH_NORMALIZATION;
      case "221", "221221221221" -> Role.LSTM;
      case "22222112" -> Role.ATTENTION_LSTM;
      case "21" -> Role.DENSE;
      case "2" -> Role.BIASLESS_DENSE;
      default -> Role.UNKNOWN;
    };
  }

  /** The Keras class to which the shapes of the arrays belong; {@code unknown} if there is none. */
  public String kind() {
    return role().toString();
  }

  /** The shapes of the arrays for people: {@code [8, 1, 128] [128]}. */
  public String shapesText() {
    return arrays.stream().map(KerasArray::shapeText).collect(Collectors.joining(" "));
  }

  /** The array at an index, from 0. */
  public KerasArray array(int index) {
    return arrays.get(index);
  }

  /** {@code conv1d_1 (8, 1, 128) (128)}. */
  @Override
  public String toString() {
    return name + arrays.stream().map(a -> " " + a.shapeText()).collect(Collectors.joining());
  }
}
