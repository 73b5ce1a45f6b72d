package io.github.lstmfcn.keras;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.keras.layout.KerasLayer;
import io.github.lstmfcn.model.AttentionScope;
import io.github.lstmfcn.model.GateActivation;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.model.ModelMetadata;
import io.github.lstmfcn.model.ModelWeights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A weight file, read and understood.
 *
 * @param file where it lies
 * @param layout for people: {@code weights of Keras 3}
 * @param kerasVersion of the Keras that wrote it, empty if the file does not say
 * @param backend that computed it, empty if the file does not say
 * @param layers that have weights, in the file's order
 * @param weights the model, attention per series
 * @param gateSource what the gates' activation was concluded from
 * @param metadata what the file says beside its weights, if this program wrote it; else the network
 */
public record KerasFile(
    Path file,
    String layout,
    String kerasVersion,
    String backend,
    List<KerasLayer> layers,
    ModelWeights weights,
    String gateSource,
    ModelMetadata metadata) {

  /** Sources of the gates' activation that leave no doubt. */
  static final String DESCRIBED = "the file's own description";

  static final String CONFIGURED = "the model's configuration";
  static final String CUDNN = "the CuDNN layer";
  private static final Set<String> SETTLED = Set.of(DESCRIBED, CONFIGURED, CUDNN);

  /** Copies the list. */
  public KerasFile {
    layers = List.copyOf(layers);
  }

  /**
   * The model with choices that the file leaves open made otherwise; null leaves one as it is.
   *
   * @throws InvalidInputException if attention across the batch is asked of an LSTM-FCN
   */
  public ModelWeights weights(GateActivation gates, AttentionScope attention) {
    ModelWeights chosen = weights;
    if (gates != null) {
      chosen = chosen.with(chosen.spec().with(gates));
    }
    if (attention == AttentionScope.ACROSS_BATCH && weights.spec().kind() == ModelKind.LSTM_FCN) {
      throw new InvalidInputException(
          file,
          "attention",
          "an ALSTM-FCN",
          "an LSTM-FCN, which has none",
          "leave --attention out");
    }
    return attention == null ? chosen : chosen.with(chosen.spec().with(attention));
  }

  /**
   * Whether the attention may be of either scope: the cell that sums across the batch needs Keras
   * 2.1, so a file of an older one is per series, and one that was trained here says it.
   */
  public boolean attentionIsOpen() {
    KerasVersion version = KerasVersion.parse(kerasVersion);
    return weights.spec().kind() == ModelKind.ALSTM_FCN
        && metadata.preparation() == null
        && !weights.spec().dependsOnBatch()
        && (!version.isKnown() || !version.isBefore(2, 1));
  }

  /**
   * Whether the file leaves the gates' activation open: weights alone do, and only the Keras
   * version that wrote them hints at it.
   */
  public boolean gatesAreOpen() {
    return !SETTLED.contains(gateSource);
  }

  /**
   * What must go with the weights into another file, so that it is read as this one; empty if the
   * weights alone say as much.
   */
  public Optional<ModelMetadata> settled() {
    return gatesAreOpen() ? Optional.empty() : Optional.of(metadata);
  }

  /**
   * What {@link #weights(GateActivation, AttentionScope)} assumes and other answers would come of;
   * one sentence each.
   */
  public List<String> assumptions(GateActivation gates, AttentionScope attention) {
    List<String> assumptions = new ArrayList<>();
    if (gates == null && gatesAreOpen()) {
      assumptions.add(
          "weights alone do not say how the network computes; read as the original's, with %s gates"
                  .formatted(weights.spec().gateActivation())
              + " (%s); --gates decides about them".formatted(gateSource));
    }
    if (attention == null && attentionIsOpen()) {
      assumptions.add(
          "the attention may be per-series (the original up to February 2019) or across-batch (the"
              + " cell that replaced it): the arrays are the same, the answers are not; read as"
              + " per-series; --attention decides");
    }
    return assumptions;
  }
}
