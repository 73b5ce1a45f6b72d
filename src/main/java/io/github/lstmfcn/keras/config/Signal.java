package io.github.lstmfcn.keras.config;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A tensor between the layers of a configuration, described by how far through the network it has
 * come.
 *
 * @param stage the stage that it has reached
 * @param block the number of the convolution block that it entered last; 0 before the first
 * @param source the name of the layer that it comes from
 * @param length the number of steps of a series; 0 if the configuration leaves it open
 * @param poolingFirst whether the convolutional branch was concatenated before the recurrent one
 * @param layers the layers that computed it, by their place in the network ({@code conv1}, {@code
 *     lstm})
 */
record Signal(
    Stage stage,
    int block,
    String source,
    int length,
    boolean poolingFirst,
    Map<String, ConfiguredLayer> layers) {

  enum Stage {
    FLAT("the series, (T)"),
    ROW("the series as one step, (1, T)"),
    COLUMN("the series step by step, (T, 1)"),
    CONVOLVED("a Conv1D's output"),
    NORMALIZED("a BatchNormalization's output"),
    ACTIVATED("a block's output"),
    POOLED("the convolutional branch's output"),
    RECURRENT("the recurrent layer's output"),
    JOINED("both branches, joined"),
    LOGITS("the head's output before softmax"),
    PROBABILITIES("the classes' probabilities");

    private final String text;

    Stage(String text) {
      this.text = text;
    }

    /** Whether this is the series itself. */
    boolean isInput() {
      return this == FLAT || this == ROW || this == COLUMN;
    }

    /** Whether this is one vector per series, without a time axis. */
    boolean isVector() {
      return compareTo(POOLED) >= 0;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /** The series in one of its shapes. */
  static Signal input(Stage stage, String source, int length) {
    return new Signal(stage, 0, source, length, false, Map.of());
  }

  /** The same series in another shape, produced by a layer. */
  Signal reshaped(Stage other, ConfiguredLayer layer) {
    return new Signal(other, block, layer.name(), length, poolingFirst, layers);
  }

  /** The output of a layer for this signal. */
  Signal through(ConfiguredLayer layer, String place, Stage next, int inBlock) {
    Map<String, ConfiguredLayer> more = new LinkedHashMap<>(layers);
    if (!place.isEmpty()) {
      more.put(place, layer);
    }
    return new Signal(next, inBlock, layer.name(), length, poolingFirst, more);
  }

  /** Both branches, concatenated by a layer. */
  Signal joined(Signal other, ConfiguredLayer layer) {
    Map<String, ConfiguredLayer> both = new LinkedHashMap<>(layers);
    both.putAll(other.layers);
    int known = Math.max(length, other.length);
    return new Signal(Stage.JOINED, 0, layer.name(), known, stage == Stage.POOLED, both);
  }

  /** {@code a block's output (block 2, from activation_1)}. */
  @Override
  public String toString() {
    boolean inBlock =
        stage.compareTo(Stage.CONVOLVED) >= 0 && stage.compareTo(Stage.ACTIVATED) <= 0;
    String from = source.isEmpty() ? "" : "from " + source;
    String where = inBlock ? "block " + block + (from.isEmpty() ? "" : ", " + from) : from;
    return where.isEmpty() ? stage.toString() : stage + " (" + where + ")";
  }
}
