package io.github.lstmfcn.keras.layout;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A layer of a weight file that has weights.
 *
 * @param name as the file has it
 * @param arrays in the order in which Keras lists them
 */
public record KerasLayer(String name, List<KerasArray> arrays) {

  /** What the shapes say that a layer is. */
  public enum Role {
    CONVOLUTION("Conv1D"),
    BATCH_NORMALIZATION("BatchNormalization"),
    LSTM("LSTM"),
    ATTENTION_LSTM("AttentionLSTM"),
    DENSE("Dense"),
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

  /** Copies the list. */
  public KerasLayer {
    arrays = List.copyOf(arrays);
  }

  public Role role() {
    String ranks = arrays.stream().map(a -> "" + a.rank()).collect(Collectors.joining());
    return switch (ranks) {
      case "31", "41" -> Role.CONVOLUTION;
      case "1111" -> Role.BATCH_NORMALIZATION;
      case "221", "221221221221" -> Role.LSTM;
      case "22222112" -> Role.ATTENTION_LSTM;
      case "21" -> Role.DENSE;
      default -> Role.UNKNOWN;
    };
  }

  /** The Keras class that its arrays' shapes belong to, {@code unknown} if none. */
  public String kind() {
    return role().toString();
  }

  /** {@code [8, 1, 128] [128]}. */
  public String shapesText() {
    return arrays.stream().map(KerasArray::shapeText).collect(Collectors.joining(" "));
  }

  public KerasArray array(int index) {
    return arrays.get(index);
  }

  /** {@code conv1d_1 (8, 1, 128) (128)}. */
  @Override
  public String toString() {
    return name + arrays.stream().map(a -> " " + a.shapeText()).collect(Collectors.joining());
  }
}
