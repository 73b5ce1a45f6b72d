package io.github.lstmfcn.keras;

import io.github.lstmfcn.data.InvalidInputException;
import io.github.lstmfcn.model.AttentionScope;
import io.github.lstmfcn.model.GateActivation;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.model.ModelWeights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

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
 */
public record KerasFile(
    Path file,
    String layout,
    String kerasVersion,
    String backend,
    List<KerasLayer> layers,
    ModelWeights weights,
    String gateSource) {

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
   * 2.1, so a file of an older one is per series.
   */
  public boolean attentionIsOpen() {
    KerasVersion version = KerasVersion.parse(kerasVersion);
    return weights.spec().kind() == ModelKind.ALSTM_FCN
        && (!version.isKnown() || !version.isBefore(2, 1));
  }

  /** What a reader should know before trusting the conclusions; one sentence each. */
  public List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (attentionIsOpen()) {
      notes.add(
          "The attention may be per-series (the original up to February 2019) or across-batch (the"
              + " cell that replaced it): the eight arrays are the same, the results are not, and"
              + " across the batch a prediction depends on which series share it. Read as per-series;"
              + " --attention across-batch reads it the other way. Only a reported accuracy decides.");
    }
    if (gateSource.startsWith("assumed")) {
      notes.add(
          "The file does not say which activation its gates have; --gates sigmoid reads it the other"
              + " way.");
    }
    return notes;
  }
}
