package io.github.lstmfcn.model;

import io.github.lstmfcn.json.OrNull;
import java.util.List;

/**
 * The specification of a network: everything that determines it but its weights. The univariate
 * LSTM-FCN is the special case of one variable without squeeze-and-excite and mask.
 *
 * @param variables the number of variables of a series
 * @param length the number of steps of a series
 * @param classes the number of classes
 * @param recurrent the recurrent branch; null for a network of convolutions alone
 * @param blocks the blocks of the convolutional branch, in their order; empty for a recurrent layer
 *     alone
 */
public record ModelSpec(
    int variables,
    int length,
    int classes,
    @OrNull RecurrentBranch recurrent,
    List<ConvolutionBlock> blocks) {

  /** The largest number of convolution blocks. */
  public static final int MOST_BLOCKS = 6;

  /**
   * Checks the components.
   *
   * @param variables the component {@code variables}
   * @param length the component {@code length}
   * @param classes the component {@code classes}
   * @param recurrent the component {@code recurrent}
   * @param blocks the component {@code blocks}
   * @throws IllegalArgumentException if a size is not positive, there are fewer than two classes,
   *     no branch at all or more than {@link #MOST_BLOCKS} blocks, several variables with attention
   *     across the batch, or a recurrent kernel of more than 2^31 values
   */
  public ModelSpec {
    if (variables < 1 || length < 1) {
      throw new IllegalArgumentException(
          "variables and length must be positive: found " + variables + " and " + length);
    }
    if ((long) variables * length > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "series of at most 2^31 values expected, found %s variables and length %s"
              .formatted(variables, length));
    }
    if (classes < 2) {
      throw new IllegalArgumentException("expected at least two classes, found " + classes);
    }
    blocks = List.copyOf(blocks);
    if (blocks.isEmpty() && recurrent == null) {
      throw new IllegalArgumentException(
          "expected a recurrent layer or at least one convolution block, found none");
    }
    if (blocks.size() > MOST_BLOCKS) {
      throw new IllegalArgumentException(
          "expected at most %s convolution blocks, found %s".formatted(MOST_BLOCKS, blocks.size()));
    }
    if (recurrent != null) {
      check(recurrent, variables, length);
    }
  }

  private static void check(RecurrentBranch recurrent, int variables, int length) {
    long features = recurrentShape(recurrent, variables, length)[1];
    if (4L * recurrent.cells() * Math.max(recurrent.cells(), features) > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "a recurrent kernel of at most 2^31 values expected, found %s cells and %s features"
              .formatted(recurrent.cells(), features));
    }
    if (variables > 1 && recurrent.attentionScope() == AttentionScope.ACROSS_BATCH) {
      throw new IllegalArgumentException(
          "attention across the batch exists in univariate ALSTM-FCNs only, found "
              + variables
              + " variables");
    }
  }

  /**
   * Creates the specification of a univariate network with the three blocks of the papers.
   *
   * @param kind {@link ModelKind#LSTM_FCN} or {@link ModelKind#ALSTM_FCN}
   * @param cells the number of units of the recurrent layer
   * @param length the number of steps of a series
   * @param classes the number of classes
   * @param gateActivation the activation function of the recurrent layer's gates
   * @param attentionScope what the attention sums over; {@code PER_SERIES} for an LSTM-FCN, which
   *     has none
   * @throws IllegalArgumentException as the constructor with a branch and blocks, or if the kind is
   *     another one
   */
  public ModelSpec(
      ModelKind kind,
      int cells,
      int length,
      int classes,
      GateActivation gateActivation,
      AttentionScope attentionScope) {
    this(
        1,
        length,
        classes,
        RecurrentBranch.univariate(kind.hasAttention(), cells, gateActivation, attentionScope),
        ConvolutionBlock.OF_THE_PAPERS);
    if (kind != kind()) {
      throw new IllegalArgumentException("expected LSTM-FCN or ALSTM-FCN, found " + kind);
    }
  }

  /**
   * The network of a kind as the papers have it: for one variable without a mask unless there is
   * squeeze-and-excite, for several with a mask.
   *
   * @param kind the kind of network
   * @param variables the number of variables of a series
   * @param length the number of steps of a series
   * @param classes the number of classes
   * @param cells the number of units of the recurrent layer; not used without one
   * @param gateActivation the activation function of the recurrent layer's gates
   * @return the specification, with attention per series
   * @throws IllegalArgumentException as the constructor
   */
  public static ModelSpec of(
      ModelKind kind,
      int variables,
      int length,
      int classes,
      int cells,
      GateActivation gateActivation) {
    List<ConvolutionBlock> blocks =
        kind.hasSqueezeAndExcite()
            ? ConvolutionBlock.OF_THE_MULTIVARIATE_PAPER
            : ConvolutionBlock.OF_THE_PAPERS;
    return new ModelSpec(
        variables,
        length,
        classes,
        kind.hasRecurrence() ? branch(kind, variables, cells, gateActivation) : null,
        kind.hasConvolutions() ? blocks : List.of());
  }

  private static RecurrentBranch branch(
      ModelKind kind, int variables, int cells, GateActivation gateActivation) {
    return RecurrentBranch.univariate(
            kind.hasAttention(), cells, gateActivation, AttentionScope.PER_SERIES)
        .withMasking(masks(kind, variables));
  }

  /** Whether the papers' network of a kind has a mask. */
  private static boolean masks(ModelKind kind, int variables) {
    return variables > 1 || kind.hasSqueezeAndExcite();
  }

  /**
   * A copy with other convolution blocks.
   *
   * @param other the blocks
   * @return the copy
   */
  public ModelSpec with(List<ConvolutionBlock> other) {
    return new ModelSpec(variables, length, classes, recurrent, other);
  }

  /**
   * A copy with another recurrent branch.
   *
   * @param other the branch; null for none
   * @return the copy
   */
  public ModelSpec with(RecurrentBranch other) {
    return new ModelSpec(variables, length, classes, other, blocks);
  }

  /**
   * A copy with another gate activation.
   *
   * @param other the gate activation
   * @return the copy; this specification if there is no recurrent branch
   */
  public ModelSpec with(GateActivation other) {
    return recurrent == null ? this : with(recurrent.with(other));
  }

  /**
   * A copy with another attention scope.
   *
   * @param other the attention scope
   * @return the copy; this specification if there is no recurrent branch
   */
  public ModelSpec with(AttentionScope other) {
    return recurrent == null ? this : with(recurrent.with(other));
  }

  /** {@return the kind of network, by its branches and squeeze-and-excite} */
  public ModelKind kind() {
    boolean attention = hasAttention();
    if (recurrent == null) {
      return ModelKind.FCN;
    }
    if (blocks.isEmpty()) {
      return attention ? ModelKind.ALSTM : ModelKind.LSTM;
    }
    if (blocks.stream().anyMatch(ConvolutionBlock::hasSqueezeAndExcite)) {
      return attention ? ModelKind.MALSTM_FCN : ModelKind.MLSTM_FCN;
    }
    return attention ? ModelKind.ALSTM_FCN : ModelKind.LSTM_FCN;
  }

  /** {@return whether the recurrent layer is the attention LSTM} */
  public boolean hasAttention() {
    return recurrent != null && recurrent.attention();
  }

  /** {@return the number of units of the recurrent layer; 0 without one} */
  public int cells() {
    return recurrent == null ? 0 : recurrent.cells();
  }

  /**
   * {@return the activation function of the recurrent layer's gates; {@code HARD_SIGMOID}, the
   * original's, without one}
   */
  public GateActivation gateActivation() {
    return recurrent == null ? GateActivation.HARD_SIGMOID : recurrent.gateActivation();
  }

  /** {@return what the attention sums over; {@code PER_SERIES} without attention} */
  public AttentionScope attentionScope() {
    return recurrent == null ? AttentionScope.PER_SERIES : recurrent.attentionScope();
  }

  /** {@return the number of steps that the recurrent layer takes; 0 without one} */
  public int recurrentSteps() {
    return recurrent == null ? 0 : recurrentShape(recurrent, variables, length)[0];
  }

  /** {@return the number of features of each step of the recurrent layer; 0 without one} */
  public int recurrentFeatures() {
    return recurrent == null ? 0 : recurrentShape(recurrent, variables, length)[1];
  }

  private static int[] recurrentShape(RecurrentBranch recurrent, int variables, int length) {
    Subsampling subsampling = recurrent.subsampling();
    int series = subsampling == null ? variables : subsampling.filters();
    int steps = subsampling == null ? length : subsampling.steps(length);
    return recurrent.orientation() == Orientation.OVER_VARIABLES
        ? new int[] {series, steps}
        : new int[] {steps, series};
  }

  /** {@return the number of channels of the convolutional branch's output; 0 without one} */
  public int channels() {
    return blocks.isEmpty() ? 0 : blocks.get(blocks.size() - 1).filters();
  }

  /** {@return whether the prediction for a series depends on the other series of its batch} */
  public boolean dependsOnBatch() {
    return attentionScope() == AttentionScope.ACROSS_BATCH;
  }

  /**
   * {@return the number of products that one series takes at inference: those of the convolutions,
   * each counted as if it were made, and of the kernels of the recurrent layer}
   */
  public long products() {
    long products = 0;
    long channels = variables;
    for (ConvolutionBlock block : blocks) {
      products += (long) length * block.kernelSize() * channels * block.filters();
      channels = block.filters();
    }
    if (recurrent == null) {
      return products;
    }
    long features = (long) recurrentFeatures() + (recurrentSteps() > 1 ? cells() : 0);
    return products + recurrentSteps() * features * 4L * cells();
  }

  /**
   * {@code MALSTM-FCN, 12 variables, 8 cells, length 26, 9 classes, hard_sigmoid gates, per-series
   * attention}; what is as in the papers is not mentioned.
   */
  @Override
  public String toString() {
    ModelKind kind = kind();
    StringBuilder text = new StringBuilder(kind.toString());
    if (variables > 1) {
      text.append(", ").append(variables).append(" variables");
    }
    if (recurrent != null) {
      text.append(", ").append(recurrent.cells()).append(" cells");
    }
    text.append(", length ").append(length).append(", ").append(classes).append(" classes");
    if (recurrent != null) {
      text.append(", ").append(recurrent.gateActivation()).append(" gates");
      if (recurrent.attention()) {
        text.append(", ").append(recurrent.attentionScope()).append(" attention");
      }
      if (recurrent.orientation() == Orientation.OVER_STEPS) {
        text.append(", recurrence over steps");
      }
      if (recurrent.masking() != masks(kind, variables)) {
        text.append(recurrent.masking() ? ", with a mask" : ", without a mask");
      }
      if (recurrent.subsampling() != null) {
        text.append(", subsampled by ").append(recurrent.subsampling());
      }
    }
    boolean asInPapers =
        blocks.isEmpty()
            || blocks.equals(ConvolutionBlock.OF_THE_PAPERS)
            || blocks.equals(ConvolutionBlock.OF_THE_MULTIVARIATE_PAPER);
    return asInPapers ? text.toString() : text.append(", convolutions ").append(blocks).toString();
  }
}
