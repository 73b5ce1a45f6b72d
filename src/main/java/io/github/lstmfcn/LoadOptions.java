package io.github.lstmfcn;

import io.github.lstmfcn.data.Dataset;
import io.github.lstmfcn.data.Normalization;
import io.github.lstmfcn.model.AttentionScope;
import io.github.lstmfcn.model.GateActivation;
import java.util.List;
import java.util.Objects;

/**
 * What a caller knows of a model that its file leaves open, or wants otherwise. What is not set is
 * as the file says; where it does not say, series are taken as they are and classes are called
 * {@code 0}, {@code 1}, ….
 *
 * <pre>{@code
 * LoadOptions options = LoadOptions.builder().labels(List.of("up", "down")).build();
 * }</pre>
 */
public final class LoadOptions {
  private static final LoadOptions DEFAULTS = builder().build();

  private final Normalization normalization;
  private final Dataset train;
  private final List<String> labels;
  private final GateActivation gates;
  private final AttentionScope attention;
  private final boolean truncate;

  private LoadOptions(Builder builder) {
    normalization = builder.normalization;
    train = builder.train;
    labels = builder.labels;
    gates = builder.gates;
    attention = builder.attention;
    truncate = builder.truncate;
  }

  /**
   * Everything as the model's file says.
   *
   * @return the options
   */
  public static LoadOptions defaults() {
    return DEFAULTS;
  }

  /**
   * Begins with everything as the model's file says.
   *
   * @return a new builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Begins with these options.
   *
   * @return a new builder
   */
  public Builder toBuilder() {
    return builder()
        .normalization(normalization)
        .train(train)
        .labels(labels)
        .gates(gates)
        .attention(attention)
        .truncate(truncate);
  }

  /**
   * The normalisation of every series before the network.
   *
   * @return null for the model's own
   */
  public Normalization normalization() {
    return normalization;
  }

  /**
   * The TRAIN split that {@link Normalization#TRAIN} is measured on.
   *
   * @return null for none
   */
  public Dataset train() {
    return train;
  }

  /**
   * The labels of the classes in their order.
   *
   * @return empty for the model's own
   */
  public List<String> labels() {
    return labels;
  }

  /**
   * The activation of the gates.
   *
   * @return null for what the file says or implies
   */
  public GateActivation gates() {
    return gates;
  }

  /**
   * The attention of an ALSTM-FCN.
   *
   * @return null for the model's own, else per series
   */
  public AttentionScope attention() {
    return attention;
  }

  /**
   * Whether a series longer than the model loses its end rather than being refused.
   *
   * @return false unless set
   */
  public boolean truncate() {
    return truncate;
  }

  /** Collects options; each is as the model's file says until it is set. */
  public static final class Builder {
    private Normalization normalization;
    private Dataset train;
    private List<String> labels = List.of();
    private GateActivation gates;
    private AttentionScope attention;
    private boolean truncate;

    private Builder() {}

    /**
     * Sets the normalisation of every series before the network.
     *
     * @param value null for the model's own
     * @return this builder
     */
    public Builder normalization(Normalization value) {
      normalization = value;
      return this;
    }

    /**
     * Sets the TRAIN split that {@link Normalization#TRAIN} is measured on.
     *
     * @param value null for none
     * @return this builder
     */
    public Builder train(Dataset value) {
      train = value;
      return this;
    }

    /**
     * Names the classes.
     *
     * @param value one label per class, in the order of the classes; empty for the model's own
     * @return this builder
     */
    public Builder labels(List<String> value) {
      labels = List.copyOf(Objects.requireNonNull(value, "labels"));
      return this;
    }

    /**
     * Sets the activation of the recurrent layer's gates.
     *
     * @param value null for what the file says or implies
     * @return this builder
     */
    public Builder gates(GateActivation value) {
      gates = value;
      return this;
    }

    /**
     * Sets what the attention of an ALSTM-FCN sums over.
     *
     * @param value null for the model's own
     * @return this builder
     */
    public Builder attention(AttentionScope value) {
      attention = value;
      return this;
    }

    /**
     * Sets whether a series longer than the model loses its end rather than being refused.
     *
     * @param value true to cut it
     * @return this builder
     */
    public Builder truncate(boolean value) {
      truncate = value;
      return this;
    }

    /**
     * Ends with the options set so far.
     *
     * @return immutable options
     */
    public LoadOptions build() {
      return new LoadOptions(this);
    }
  }
}
