package io.github.lstmfcn.model;

import java.util.List;
import java.util.Objects;

/**
 * The specification of a network: everything that determines it but its weights.
 *
 * @param kind the kind of network, by its recurrent layer
 * @param cells the number of units of the recurrent layer
 * @param length the number of steps of a series, which are the features of the single time step
 *     that the recurrent layer sees
 * @param classes the number of classes
 * @param gateActivation the activation function of the recurrent layer's gates
 * @param attentionScope what the attention sums over; {@code PER_SERIES} for an LSTM-FCN, which has
 *     none
 * @param blocks the blocks of the convolutional branch, in their order
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
   * Checks the components.
   *
   * @param kind the component {@code kind}
   * @param cells the component {@code cells}
   * @param length the component {@code length}
   * @param classes the component {@code classes}
   * @param gateActivation the component {@code gateActivation}
   * @param attentionScope the component {@code attentionScope}
   * @param blocks the component {@code blocks}
   * @throws IllegalArgumentException if a size is not positive, there are fewer than two classes,
   *     an LSTM-FCN has attention across the batch, or there is no block
   */
  public ModelSpec {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(gateActivation, "gateActivation");
    Objects.requireNonNull(attentionScope, "attentionScope");
    if (cells < 1 || length < 1) {
      throw new IllegalArgumentException(
          "cells and length must be positive: found " + cells + " and " + length);
    }
    if (4L * cells * Math.max(cells, length) > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "a recurrent kernel of at most 2^31 values expected, found %d cells and length %d"
              .formatted(cells, length));
    }
    if (classes < 2) {
      throw new IllegalArgumentException("expected at least two classes, found " + classes);
    }
    if (kind == ModelKind.LSTM_FCN && attentionScope == AttentionScope.ACROSS_BATCH) {
      throw new IllegalArgumentException("an LSTM-FCN has no attention to take across the batch");
    }
    blocks = List.copyOf(blocks);
    if (blocks.isEmpty()) {
      throw new IllegalArgumentException("expected at least one convolution block, found none");
    }
  }

  /**
   * Creates a specification with the three blocks of the papers.
   *
   * @param kind the kind of network, by its recurrent layer
   * @param cells the number of units of the recurrent layer
   * @param length the number of steps of a series
   * @param classes the number of classes
   * @param gateActivation the activation function of the recurrent layer's gates
   * @param attentionScope what the attention sums over; {@code PER_SERIES} for an LSTM-FCN, which
   *     has none
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

  /**
   * A copy with another gate activation.
   *
   * @param other the gate activation
   * @return the copy
   */
  public ModelSpec with(GateActivation other) {
    return new ModelSpec(kind, cells, length, classes, other, attentionScope, blocks);
  }

  /**
   * A copy with another attention scope.
   *
   * @param other the attention scope
   * @return the copy
   */
  public ModelSpec with(AttentionScope other) {
    return new ModelSpec(kind, cells, length, classes, gateActivation, other, blocks);
  }

  /** {@return the number of channels of the convolutional branch's output} */
  public int channels() {
    return blocks.get(blocks.size() - 1).filters();
  }

  /** {@return whether the prediction for a series depends on the other series of its batch} */
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
