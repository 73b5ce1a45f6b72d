package io.github.lstmfcn.model;

import java.util.Objects;

/**
 * Everything that shapes one network, but for its weights.
 *
 * @param kind which recurrent layer
 * @param cells units of the recurrent layer
 * @param length steps of a series: features of the one time step that the recurrent layer sees
 * @param classes outputs of the softmax
 * @param gateActivation of the recurrent layer
 * @param attentionScope of the attention; {@code PER_SERIES} for an LSTM-FCN, which has none
 */
public record ModelSpec(
    ModelKind kind,
    int cells,
    int length,
    int classes,
    GateActivation gateActivation,
    AttentionScope attentionScope) {

  /**
   * @throws IllegalArgumentException if a size is not positive, there are fewer than two classes or
   *     an LSTM-FCN is asked for attention across the batch
   */
  public ModelSpec {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(gateActivation, "gateActivation");
    Objects.requireNonNull(attentionScope, "attentionScope");
    if (cells < 1 || length < 1) {
      throw new IllegalArgumentException(
          "cells and length must be positive: found " + cells + " and " + length);
    }
    if (classes < 2) {
      throw new IllegalArgumentException("at least two classes: found " + classes);
    }
    if (kind == ModelKind.LSTM_FCN && attentionScope == AttentionScope.ACROSS_BATCH) {
      throw new IllegalArgumentException("an LSTM-FCN has no attention to take across the batch");
    }
  }

  /** The same with another gate activation. */
  public ModelSpec with(GateActivation other) {
    return new ModelSpec(kind, cells, length, classes, other, attentionScope);
  }

  /** The same with another attention scope. */
  public ModelSpec with(AttentionScope other) {
    return new ModelSpec(kind, cells, length, classes, gateActivation, other);
  }

  /** Whether a prediction depends on the other series of its batch. */
  public boolean dependsOnBatch() {
    return attentionScope == AttentionScope.ACROSS_BATCH;
  }

  /**
   * {@code ALSTM-FCN, 8 cells, length 128, 3 classes, hard_sigmoid gates, per-series attention}.
   */
  @Override
  public String toString() {
    String attention = kind == ModelKind.ALSTM_FCN ? ", " + attentionScope + " attention" : "";
    return "%s, %d cells, length %d, %d classes, %s gates%s"
        .formatted(kind, cells, length, classes, gateActivation, attention);
  }
}
