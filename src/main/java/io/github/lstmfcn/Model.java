package io.github.lstmfcn;

import io.github.lstmfcn.data.LabelEncoding;
import io.github.lstmfcn.data.Normalization;
import io.github.lstmfcn.data.Preparation;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.model.ModelMetadata;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.ModelWeights;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A model as one thing: what it computes, how series become its input, what its classes are called,
 * where it comes from. Immutable, without native memory; {@link TimeSeriesClassifier#of} makes it
 * ready to answer.
 *
 * @param source the file or folder it was loaded from
 * @param network what it computes
 * @param metadata what its answers depend on besides
 * @param truncate whether a series longer than the model is cut rather than refused
 * @param assumptions what the file leaves open and a default had to decide, if it changes answers;
 *     one sentence each
 */
public record Model(
    Path source,
    Network network,
    ModelMetadata metadata,
    boolean truncate,
    List<String> assumptions) {

  /**
   * @throws NullPointerException if the metadata does not say how series are prepared
   */
  public Model {
    Objects.requireNonNull(network, "network");
    Objects.requireNonNull(metadata.preparation(), "preparation");
    assumptions = List.copyOf(assumptions);
  }

  /**
   * Loads a model in any form: a Keras weight file, the folder of a training, an exported
   * SavedModel. What the file says counts.
   *
   * @throws InvalidInputException if it is none of these, or damaged
   */
  public static Model load(Path path) {
    return load(path, LoadOptions.defaults());
  }

  /**
   * Loads a model in any form: a Keras weight file, the folder of a training, an exported
   * SavedModel.
   *
   * @param options what is to count instead of what the file says
   * @throws InvalidInputException if it is none of these, or damaged, or the options do not fit it
   */
  public static Model load(Path path, LoadOptions options) {
    return new ModelLoader(path, options).load();
  }

  /** What the network is. */
  public ModelSpec spec() {
    return metadata.spec();
  }

  /** How series become the network's input, built in or not. */
  public Preparation preparation() {
    Preparation own = metadata.preparation();
    return new Preparation(
        own.length(), truncate, own.normalization(), own.trainMean(), own.trainStd());
  }

  /** How series become what {@link Network#open} takes: a SavedModel normalises by itself. */
  Preparation feed() {
    return network instanceof Network.Exported
        ? new Preparation(spec().length(), truncate, Normalization.NONE, 0, 1)
        : preparation();
  }

  /** How labels became classes when it was trained. */
  public LabelEncoding labelEncoding() {
    return metadata.labelEncoding();
  }

  /**
   * A name for each class, in the order of the probabilities; {@code 0}, {@code 1}, … if unknown.
   */
  public List<String> labels() {
    return metadata.classNames();
  }

  /**
   * The same with other names for its classes.
   *
   * @param labels in the order of the classes
   * @throws InvalidInputException if they are not one per class
   */
  public Model withLabels(List<String> labels) {
    if (labels.size() != spec().classes()) {
      throw new InvalidInputException(
          source,
          "labels",
          spec().classes() + ", one per class",
          labels.size() + " " + labels,
          "name them in the order of the classes");
    }
    ModelMetadata named =
        new ModelMetadata(spec(), metadata.preparation(), labelEncoding(), labels, provenance());
    return new Model(source, network, named, truncate, assumptions);
  }

  /** Where it comes from: facts by name. */
  public Map<String, String> provenance() {
    return metadata.provenance();
  }

  /**
   * The weights, for what looks inside the network.
   *
   * @throws InvalidInputException if it is a SavedModel, whose weights lie in its graph
   */
  public ModelWeights weights() {
    if (network instanceof Network.Weighted weighted) {
      return weighted.weights();
    }
    throw new InvalidInputException(
        source,
        "",
        "a Keras weight file, whose layers can be looked at",
        "a SavedModel",
        "name the file that it was exported from");
  }
}
