package io.github.lstmfcn;

import io.github.lstmfcn.data.Dataset;
import io.github.lstmfcn.data.Normalization;
import io.github.lstmfcn.model.AttentionScope;
import io.github.lstmfcn.model.GateActivation;
import java.util.List;

/**
 * What a caller knows of a model that its file leaves open, or wants otherwise. What is null or
 * empty is as the file says; where it does not say, series are taken as they are and classes are
 * called {@code 0}, {@code 1}, ….
 *
 * @param normalization of every series before the network; null for the model's own
 * @param train the TRAIN set that {@link Normalization#TRAIN} is measured on; null for none
 * @param labels of the classes in their order; empty for the model's own
 * @param gates activation of the gates; null for what the file says or implies
 * @param attention of an ALSTM-FCN; null for the model's own, else per series
 * @param truncate whether a series longer than the model is cut rather than refused
 */
public record LoadOptions(
    Normalization normalization,
    Dataset train,
    List<String> labels,
    GateActivation gates,
    AttentionScope attention,
    boolean truncate) {

  /** Copies the labels. */
  public LoadOptions {
    labels = List.copyOf(labels);
  }

  /** Everything as the model's file says. */
  public static LoadOptions defaults() {
    return new LoadOptions(null, null, List.of(), null, null, false);
  }

  /** The same with labels. */
  public LoadOptions withLabels(List<String> other) {
    return new LoadOptions(normalization, train, other, gates, attention, truncate);
  }

  /** The same with a normalisation. */
  public LoadOptions withNormalization(Normalization other) {
    return new LoadOptions(other, train, labels, gates, attention, truncate);
  }

  /** The same with a TRAIN set. */
  public LoadOptions withTrain(Dataset other) {
    return new LoadOptions(normalization, other, labels, gates, attention, truncate);
  }

  /** The same for series that may be cut. */
  public LoadOptions withTruncate(boolean other) {
    return new LoadOptions(normalization, train, labels, gates, attention, other);
  }
}
