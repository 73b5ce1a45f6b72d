package io.github.lstmfcn.model;

import java.util.List;
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
 * @param blocks of the convolutional branch, in their order
 */
public record ModelSpec(
    ModelKind kind,
    int cells,
    int length,
    int classes,
    GateActivation gateActivation,
    AttentionScope attentionScope,
    List<ConvolutionBlock> blocks) {

  /**
   * Checks what makes a network.
   *
   * @throws IllegalArgumentException if a size is not positive, there are fewer than two classes,
   *     an LSTM-FCN is asked for attention across the batch or there is no block
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
    blocks = List.copyOf(blocks);
    if (blocks.isEmpty()) {
      throw new IllegalArgumentException("at least one convolution block: found none");
    }
  }

  /**
   * A network with the three blocks of the papers.
   *
   * @throws IllegalArgumentException as the constructor with blocks
   */
  public ModelSpec(
      ModelKind kind,
      int cells,
      int length,
      int classes,
      GateActivation gateActivation,
      AttentionScope attentionScope) {
    this(
        kind,
        cells,
        length,
        classes,
        gateActivation,
        attentionScope,
        ConvolutionBlock.OF_THE_PAPERS);
  }

  /** The same with another gate activation. */
  public ModelSpec with(GateActivation other) {
    return new ModelSpec(kind, cells, length, classes, other, attentionScope, blocks);
  }

  /** The same with another attention scope. */
  public ModelSpec with(AttentionScope other) {
    return new ModelSpec(kind, cells, length, classes, gateActivation, other, blocks);
  }

  /** Channels of the convolutional branch's output. */
  public int channels() {
    return blocks.get(blocks.size() - 1).filters();
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
    String convolutions =
        blocks.equals(ConvolutionBlock.OF_THE_PAPERS) ? "" : ", convolutions " + blocks;
    return "%s, %d cells, length %d, %d classes, %s gates%s%s"
        .formatted(kind, cells, length, classes, gateActivation, attention, convolutions);
  }
}
