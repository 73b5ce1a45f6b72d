package io.github.lstmfcn.keras;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.keras.layout.KerasLayer;
import io.github.lstmfcn.model.AttentionScope;
import io.github.lstmfcn.model.GateActivation;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.model.ModelMetadata;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.Orientation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A weight file that was read.
 *
 * @param file the path of the file
 * @param layout the layout for people: {@code weights of Keras 3}
 * @param kerasVersion the version of Keras that wrote the file; empty if the file does not say
 * @param backend the backend that computed the weights; empty if the file does not say
 * @param layers the layers that have weights, in the order of the file
 * @param weights the weights, with attention per series
 * @param gateSource how the activation function of the gates was determined
 * @param inputAssumptions what was assumed about the way in which the network reads its input, one
 *     sentence each
 * @param metadata the metadata that the file has if this program wrote it; else only the
 *     specification of the network
 */
public record KerasFile(
    Path file,
    String layout,
    String kerasVersion,
    String backend,
    List<KerasLayer> layers,
    ModelWeights weights,
    String gateSource,
    List<String> inputAssumptions,
    ModelMetadata metadata) {

  /** Sources of the gates' activation function that leave no doubt. */
  static final String DESCRIBED = "the file's own description";

  static final String CONFIGURED = "the model's configuration";
  static final String CUDNN = "the CuDNN layer";
  static final String NO_GATES = "there is no recurrent layer";
  private static final Set<String> SETTLED = Set.of(DESCRIBED, CONFIGURED, CUDNN, NO_GATES);

  /** Copies the lists. */
  public KerasFile {
    layers = List.copyOf(layers);
    inputAssumptions = List.copyOf(inputAssumptions);
  }

  /**
   * The weights with a specification in which choices that the file leaves open are made by the
   * caller.
   *
   * @param gates the activation function of the gates; null to use that of the file
   * @param attention what the attention sums over; null to use that of the file
   * @return the weights
   * @throws InvalidInputException if gates are requested for a network without recurrent layer, or
   *     attention across the batch for another network than a univariate ALSTM-FCN
   */
  public ModelWeights weights(GateActivation gates, AttentionScope attention) {
    ModelWeights chosen = weights;
    if (gates != null && weights.spec().recurrent() == null) {
      throw new InvalidInputException(
          file,
          "gates",
          "a network with a recurrent layer",
          "an " + weights.spec().kind() + ", which has none",
          "leave --gates out");
    }
    if (gates != null) {
      chosen = chosen.with(chosen.spec().with(gates));
    }
    if (attention == AttentionScope.ACROSS_BATCH && !canDependOnBatch()) {
      boolean has = weights.spec().hasAttention();
      throw new InvalidInputException(
          file,
          "attention",
          has
              ? "a univariate ALSTM-FCN, the only network with attention across-batch"
              : "an ALSTM-FCN",
          has ? weights.spec().toString() : "an " + weights.spec().kind() + ", which has none",
          "leave --attention out");
    }
    return attention == null ? chosen : chosen.with(chosen.spec().with(attention));
  }

  /**
   * Whether the file leaves open what the attention sums over. The cell that sums across the batch
   * needs Keras 2.1, so a file of an older version has attention per series, and a file that was
   * trained here states it.
   */
  public boolean attentionIsOpen() {
    KerasVersion version = KerasVersion.parse(kerasVersion);
    return canDependOnBatch()
        && metadata.preparation() == null
        && !weights.spec().dependsOnBatch()
        && (!version.isKnown() || !version.isBefore(2, 1));
  }

  /** Whether the cell that sums over the batch exists for the network: the univariate ALSTM-FCN. */
  private boolean canDependOnBatch() {
    ModelSpec spec = weights.spec();
    return spec.kind() == ModelKind.ALSTM_FCN
        && spec.variables() == 1
        && !spec.recurrent().masking()
        && spec.recurrent().subsampling() == null
        && spec.recurrent().orientation() == Orientation.OVER_VARIABLES;
  }

  /**
   * Whether the file leaves the activation function of the gates open: a file of weights alone
   * does, and only the version of Keras that wrote it gives a hint.
   */
  public boolean gatesAreOpen() {
    return !SETTLED.contains(gateSource);
  }

  /**
   * The metadata that must be written with the weights into another file, so that it is read as
   * this one; empty if the weights alone are sufficient.
   */
  public Optional<ModelMetadata> metadataToCopy() {
    return gatesAreOpen() ? Optional.empty() : Optional.of(metadata);
  }

  /**
   * The assumptions that {@link #weights(GateActivation, AttentionScope)} makes and that affect
   * predictions; one sentence each.
   */
  public List<String> assumptions(GateActivation gates, AttentionScope attention) {
    List<String> assumptions = new ArrayList<>(inputAssumptions);
    if (gates == null && gatesAreOpen()) {
      assumptions.add(
          "the file does not say which gates the network has; assumed as in the original: %s gates"
                  .formatted(weights.spec().gateActivation())
              + " (%s); --gates overrides this".formatted(gateSource));
    }
    if (attention == null && attentionIsOpen()) {
      assumptions.add(
          "the attention may be per-series (the original up to February 2019) or across-batch (the"
              + " cell that replaced it): the arrays are the same, the predictions are not; assumed"
              + " per-series; --attention overrides this");
    }
    return assumptions;
  }
}
