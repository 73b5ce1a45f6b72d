package io.github.lstmfcn.keras.config;

import io.github.lstmfcn.model.ConvolutionBlock;
import io.github.lstmfcn.model.Orientation;
import io.github.lstmfcn.model.Subsampling;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A tensor between the layers of a configuration, described by how far through the network it has
 * come.
 *
 * @param stage the stage that it has reached
 * @param block the number of the convolution block that it entered last; 0 before the first
 * @param source the name of the layer that it comes from
 * @param variables the number of variables of a series; 0 if the configuration leaves it open
 * @param length the number of steps of a series; 0 if the configuration leaves it open
 * @param masked whether it carries the mask of a {@code Masking} layer
 * @param recurrence how the recurrent layer read the series; null before it
 * @param poolingFirst whether the convolutional branch was concatenated before the recurrent one
 * @param layers the layers that computed it, by their place in the network ({@code conv1}, {@code
 *     lstm})
 */
record Signal(
    Stage stage,
    int block,
    String source,
    int variables,
    int length,
    boolean masked,
    Recurrence recurrence,
    boolean poolingFirst,
    Map<String, ConfiguredLayer> layers) {

  /**
   * How the recurrent layer reads a series.
   *
   * @param orientation the axis that it takes step by step
   * @param masked whether it has a mask
   */
  record Recurrence(Orientation orientation, boolean masked) {}

  enum Stage {
    FLAT("the series, (T)"),
    ROW("the series as one step, (1, T)"),
    COLUMN("the series step by step, (T, 1)"),
    CONVOLVED("a Conv1D's output"),
    NORMALIZED("a BatchNormalization's output"),
    ACTIVATED("a block's output"),
    POOLED_STEP("a block's mean over time, (1, C)"),
    REDUCED_STEP("the first Dense of a squeeze-and-excite, (1, C)"),
    SCALE_STEP("the factors of a squeeze-and-excite, (1, C)"),
    REDUCED("the first Dense of a squeeze-and-excite"),
    SCALE("the factors of a squeeze-and-excite"),
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
      return compareTo(REDUCED) >= 0;
    }

    /** The vector as the only step of a series, {@code (1, C)}; null for another stage. */
    Stage asStep() {
      return switch (this) {
        case POOLED, POOLED_STEP -> POOLED_STEP;
        case REDUCED, REDUCED_STEP -> REDUCED_STEP;
        case SCALE, SCALE_STEP -> SCALE_STEP;
        default -> null;
      };
    }

    /** The only step of a series as a vector; null for another stage. */
    Stage asVector() {
      return switch (this) {
        case POOLED_STEP -> POOLED;
        case REDUCED_STEP -> REDUCED;
        case SCALE_STEP -> SCALE;
        default -> isVector() ? this : null;
      };
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /** The series in one of its shapes. */
  static Signal input(Stage stage, String source, int variables, int length) {
    return new Signal(stage, 0, source, variables, length, false, null, false, Map.of());
  }

  /** Whether this is the series after the convolution with a stride. */
  boolean isSubsampled() {
    return layers.containsKey(Subsampling.NAME);
  }

  /** Whether the squeeze-and-excite of the block has been computed. */
  boolean isExcited() {
    return layers.containsKey(ConvolutionBlock.expansion(block));
  }

  /** The same values in another shape, produced by a layer. */
  Signal reshaped(Stage other, ConfiguredLayer layer) {
    return through(layer, "", other, block);
  }

  /** The same values with a mask. */
  Signal masked(ConfiguredLayer layer) {
    return new Signal(
        stage, block, layer.name(), variables, length, true, recurrence, poolingFirst, layers);
  }

  /** The same series with the sizes that another description of it knows. */
  Signal sized(Signal other) {
    return new Signal(
        stage,
        block,
        source,
        Math.max(variables, other.variables),
        Math.max(length, other.length),
        masked,
        recurrence,
        poolingFirst,
        layers);
  }

  /** The output of a layer for this signal. */
  Signal through(ConfiguredLayer layer, String place, Stage next, int inBlock) {
    Map<String, ConfiguredLayer> more = new LinkedHashMap<>(layers);
    if (!place.isEmpty()) {
      more.put(place, layer);
    }
    return new Signal(
        next, inBlock, layer.name(), variables, length, false, recurrence, poolingFirst, more);
  }

  /** The output of a recurrent layer for this series. */
  Signal recurrent(ConfiguredLayer layer, Orientation orientation) {
    Signal output = through(layer, "lstm", Stage.RECURRENT, 0);
    return new Signal(
        output.stage,
        0,
        output.source,
        variables,
        length,
        false,
        new Recurrence(orientation, masked),
        false,
        output.layers);
  }

  /** Both branches, concatenated by a layer. */
  Signal joined(Signal other, ConfiguredLayer layer) {
    Map<String, ConfiguredLayer> both = new LinkedHashMap<>(layers);
    both.putAll(other.layers);
    return new Signal(
        Stage.JOINED,
        0,
        layer.name(),
        Math.max(variables, other.variables),
        Math.max(length, other.length),
        false,
        recurrence == null ? other.recurrence : recurrence,
        stage == Stage.POOLED,
        both);
  }

  /** {@code a block's output (block 2, from activation_1)}. */
  @Override
  public String toString() {
    boolean inBlock =
        stage.compareTo(Stage.CONVOLVED) >= 0 && stage.compareTo(Stage.ACTIVATED) <= 0;
    String from = source.isEmpty() ? "" : "from " + source;
    String where = inBlock ? "block " + block + (from.isEmpty() ? "" : ", " + from) : from;
    return where.isEmpty() ? text() : text() + " (" + where + ")";
  }

  private String text() {
    if (!stage.isInput() || (variables == 1 && !masked && !isSubsampled())) {
      return stage.toString();
    }
    String series =
        (masked ? "the masked " : "the ") + (isSubsampled() ? "subsampled series" : "series");
    return stage == Stage.ROW
        ? series + " variable by variable, (variables, T)"
        : series + " step by step, (T, variables)";
  }
}
