package io.github.lstmfcn.model;

import io.github.lstmfcn.json.OrNull;
import java.util.Objects;

/**
 * The recurrent branch of a network.
 *
 * @param attention whether the layer is the attention LSTM of the papers' authors rather than
 *     Keras' {@code LSTM}
 * @param cells the number of units of the layer
 * @param gateActivation the activation function of the layer's gates
 * @param attentionScope what the attention sums over; {@code PER_SERIES} without attention
 * @param orientation the axis that the layer takes step by step
 * @param masking whether a step whose features are all zero is skipped (Keras' {@code
 *     Masking(0.)}): state and output stay as they were, while the attention still counts it
 * @param subsampling the convolution in front of the layer; null without one
 */
public record RecurrentBranch(
    boolean attention,
    int cells,
    GateActivation gateActivation,
    AttentionScope attentionScope,
    Orientation orientation,
    boolean masking,
    @OrNull Subsampling subsampling) {

  /**
   * Checks the components.
   *
   * @param attention the component {@code attention}
   * @param cells the component {@code cells}
   * @param gateActivation the component {@code gateActivation}
   * @param attentionScope the component {@code attentionScope}
   * @param orientation the component {@code orientation}
   * @param masking the component {@code masking}
   * @param subsampling the component {@code subsampling}
   * @throws IllegalArgumentException if the number of cells is not positive, or there is attention
   *     across the batch without attention, with a mask, with subsampling or over steps
   */
  public RecurrentBranch {
    Objects.requireNonNull(gateActivation, "gateActivation");
    Objects.requireNonNull(attentionScope, "attentionScope");
    Objects.requireNonNull(orientation, "orientation");
    if (cells < 1) {
      throw new IllegalArgumentException("cells must be positive: found " + cells);
    }
    if (attentionScope == AttentionScope.ACROSS_BATCH) {
      if (!attention) {
        throw new IllegalArgumentException("an LSTM has no attention to take across the batch");
      }
      if (masking || subsampling != null || orientation == Orientation.OVER_STEPS) {
        throw new IllegalArgumentException(
            "attention across the batch exists in univariate ALSTM-FCNs only, which have neither a"
                + " mask nor subsampling nor a recurrence over steps");
      }
    }
  }

  /**
   * The branch of the univariate networks: over variables, without mask and subsampling.
   *
   * @param attention whether the layer is the attention LSTM
   * @param cells the number of units of the layer
   * @param gateActivation the activation function of the layer's gates
   * @param attentionScope what the attention sums over; {@code PER_SERIES} without attention
   * @return the branch
   * @throws IllegalArgumentException as the constructor
   */
  public static RecurrentBranch univariate(
      boolean attention, int cells, GateActivation gateActivation, AttentionScope attentionScope) {
    return new RecurrentBranch(
        attention, cells, gateActivation, attentionScope, Orientation.OVER_VARIABLES, false, null);
  }

  /**
   * A copy with another gate activation.
   *
   * @param other the gate activation
   * @return the copy
   */
  public RecurrentBranch with(GateActivation other) {
    return new RecurrentBranch(
        attention, cells, other, attentionScope, orientation, masking, subsampling);
  }

  /**
   * A copy with another attention scope.
   *
   * @param other the attention scope
   * @return the copy
   */
  public RecurrentBranch with(AttentionScope other) {
    return new RecurrentBranch(
        attention, cells, gateActivation, other, orientation, masking, subsampling);
  }

  /**
   * A copy with another orientation.
   *
   * @param other the orientation
   * @return the copy
   */
  public RecurrentBranch with(Orientation other) {
    return new RecurrentBranch(
        attention, cells, gateActivation, attentionScope, other, masking, subsampling);
  }

  /**
   * A copy with or without a mask.
   *
   * @param masks whether a step whose features are all zero is skipped
   * @return the copy
   */
  public RecurrentBranch withMasking(boolean masks) {
    return new RecurrentBranch(
        attention, cells, gateActivation, attentionScope, orientation, masks, subsampling);
  }

  /**
   * A copy with a convolution in front of the layer.
   *
   * @param other the convolution; null for none
   * @return the copy
   */
  public RecurrentBranch with(Subsampling other) {
    return new RecurrentBranch(
        attention, cells, gateActivation, attentionScope, orientation, masking, other);
  }
}
