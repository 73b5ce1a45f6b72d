package io.github.lstmfcn;

import io.github.lstmfcn.data.Dataset;
import io.github.lstmfcn.data.Normalization;
import io.github.lstmfcn.model.AttentionScope;
import io.github.lstmfcn.model.GateActivation;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * Options for loading a model: what its file leaves open, and what overrides the file. An option
 * that is not set is taken from the file. Where the file does not say either, series are not
 * normalised and the classes are called {@code 0}, {@code 1}, ….
 *
 * <pre>{@code
 * LoadOptions options = LoadOptions.builder().labels(List.of("up", "down")).build();
 * }</pre>
 */
public final class LoadOptions {
  private static final LoadOptions DEFAULTS = builder().build();

  private final Normalization normalization;
  private final Dataset train;
  private final Dataset test;
  private final List<String> labels;
  private final GateActivation gates;
  private final AttentionScope attention;
  private final Integer length;
  private final boolean truncate;
  private final boolean trusted;

  private LoadOptions(Builder builder) {
    normalization = builder.normalization;
    train = builder.train;
    test = builder.test;
    labels = builder.labels;
    gates = builder.gates;
    attention = builder.attention;
    length = builder.length;
    truncate = builder.truncate;
    trusted = builder.trusted;
  }

  /**
   * Options of which none is set.
   *
   * @return options that take everything from the model's file
   */
  public static LoadOptions defaults() {
    return DEFAULTS;
  }

  /**
   * Creates a builder with no option set.
   *
   * @return a new builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Creates a builder that starts from these options.
   *
   * @return a new builder
   */
  public Builder toBuilder() {
    Builder builder = builder();
    builder.length = length;
    return builder
        .normalization(normalization)
        .train(train)
        .test(test)
        .labels(labels)
        .gates(gates)
        .attention(attention)
        .truncate(truncate)
        .trusted(trusted);
  }

  /**
   * How each series is normalised before it enters the network.
   *
   * @return the normalisation; null to use the model's own
   */
  public Normalization normalization() {
    return normalization;
  }

  /**
   * The TRAIN split from which {@link Normalization#TRAIN}, {@link Normalization#UPSTREAM} and
   * {@link Normalization#POOLED} take mean and standard deviation.
   *
   * @return the TRAIN split; null if none was given
   */
  public Dataset train() {
    return train;
  }

  /**
   * The TEST split that {@link Normalization#POOLED} needs beside TRAIN.
   *
   * @return the TEST split; null if none was given
   */
  public Dataset test() {
    return test;
  }

  /**
   * The labels of the classes.
   *
   * @return one label per class, in the order of the classes; empty to use the model's own
   */
  public List<String> labels() {
    return labels;
  }

  /**
   * The activation function of the recurrent layer's gates.
   *
   * @return the activation; null to use what the file states or implies
   */
  public GateActivation gates() {
    return gates;
  }

  /**
   * What the attention of an ALSTM-FCN sums over.
   *
   * @return the scope; null to use the model's own, or {@link AttentionScope#PER_SERIES} if the
   *     file does not say
   */
  public AttentionScope attention() {
    return attention;
  }

  /**
   * The number of steps of a series.
   *
   * @return the length; empty to use that of the file, which the weights of some networks do not
   *     tell
   */
  public OptionalInt length() {
    return length == null ? OptionalInt.empty() : OptionalInt.of(length);
  }

  /**
   * Whether a series that is longer than the model's input is truncated at its end instead of being
   * refused.
   *
   * @return true to truncate; false unless set
   */
  public boolean truncate() {
    return truncate;
  }

  /**
   * Whether a SavedModel may have operations that exporting a model never writes. Such a graph can
   * do what this process may do, such as reading and writing files.
   *
   * @return true to load any graph; false unless set
   */
  public boolean trusted() {
    return trusted;
  }

  /**
   * Builder of {@link LoadOptions}. Every option that is not set is taken from the model's file.
   */
  public static final class Builder {
    private Normalization normalization;
    private Dataset train;
    private Dataset test;
    private List<String> labels = List.of();
    private GateActivation gates;
    private AttentionScope attention;
    private Integer length;
    private boolean truncate;
    private boolean trusted;

    private Builder() {}

    /**
     * Sets how each series is normalised before it enters the network.
     *
     * @param value the normalisation; null to use the model's own
     * @return this builder
     */
    public Builder normalization(Normalization value) {
      normalization = value;
      return this;
    }

    /**
     * Sets the TRAIN split from which {@link Normalization#TRAIN}, {@link Normalization#UPSTREAM}
     * and {@link Normalization#POOLED} take mean and standard deviation.
     *
     * @param value the TRAIN split; null for none
     * @return this builder
     */
    public Builder train(Dataset value) {
      train = value;
      return this;
    }

    /**
     * Sets the TEST split that {@link Normalization#POOLED} needs beside TRAIN.
     *
     * @param value the TEST split; null for none
     * @return this builder
     */
    public Builder test(Dataset value) {
      test = value;
      return this;
    }

    /**
     * Sets the labels of the classes.
     *
     * @param value one label per class, in the order of the classes; empty to use the model's own
     * @return this builder
     */
    public Builder labels(List<String> value) {
      labels = List.copyOf(Objects.requireNonNull(value, "labels"));
      return this;
    }

    /**
     * Sets the activation function of the recurrent layer's gates.
     *
     * @param value the activation; null to use what the file states or implies
     * @return this builder
     */
    public Builder gates(GateActivation value) {
      gates = value;
      return this;
    }

    /**
     * Sets what the attention of an ALSTM-FCN sums over.
     *
     * @param value the scope; null to use the model's own
     * @return this builder
     */
    public Builder attention(AttentionScope value) {
      attention = value;
      return this;
    }

    /**
     * Sets the number of steps of a series. It is needed for files with weights alone of a network
     * whose recurrent layer reads series step by step, whose input is subsampled, or that has no
     * recurrent layer, and for whole models that have no convolution. Where a file tells the
     * length, it has to be the same.
     *
     * @param value the length, at least 1
     * @return this builder
     * @throws IllegalArgumentException if it is less than 1
     */
    public Builder length(int value) {
      if (value < 1) {
        throw new IllegalArgumentException("expected a length of at least 1, found " + value);
      }
      length = value;
      return this;
    }

    /**
     * Sets whether a series that is longer than the model's input is truncated at its end instead
     * of being refused.
     *
     * @param value true to truncate it
     * @return this builder
     */
    public Builder truncate(boolean value) {
      truncate = value;
      return this;
    }

    /**
     * Sets whether a SavedModel may have operations that exporting a model never writes. Such a
     * graph can do what this process may do, such as reading and writing files: set it only for
     * files from a source that may do so.
     *
     * @param value true to load any graph
     * @return this builder
     */
    public Builder trusted(boolean value) {
      trusted = value;
      return this;
    }

    /**
     * Creates the options.
     *
     * @return immutable options
     */
    public LoadOptions build() {
      return new LoadOptions(this);
    }
  }
}
