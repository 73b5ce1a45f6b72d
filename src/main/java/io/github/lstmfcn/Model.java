package io.github.lstmfcn;

import io.github.lstmfcn.data.LabelEncoding;
import io.github.lstmfcn.data.Normalization;
import io.github.lstmfcn.data.Preparation;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.export.SavedModelExport;
import io.github.lstmfcn.keras.KerasWeights;
import io.github.lstmfcn.model.ModelMetadata;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.ModelWeights;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A model as one thing: what it computes, how series become its input, what its classes are called,
 * where it comes from. Immutable, without native memory; {@link TimeSeriesClassifier#of} makes it
 * ready to answer.
 */
public final class Model {
  private static final Path STREAM = Path.of("(stream)");

  private final Path source;
  private final Network network;
  private final ModelMetadata metadata;
  private final boolean truncate;
  private final List<String> assumptions;

  /**
   * A model.
   *
   * @param source the file or folder it was loaded from
   * @param network what it computes
   * @param metadata what its answers depend on besides, its preparation among it
   * @param truncate whether a series longer than the model is cut rather than refused
   * @param assumptions see {@link #assumptions()}
   */
  Model(
      Path source,
      Network network,
      ModelMetadata metadata,
      boolean truncate,
      List<String> assumptions) {
    this.source = source;
    this.network = Objects.requireNonNull(network, "network");
    this.metadata = metadata;
    this.truncate = truncate;
    this.assumptions = List.copyOf(assumptions);
    Objects.requireNonNull(metadata.preparation(), "preparation");
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

  /**
   * Loads a Keras weight file from memory. The stream is read to its end and not closed.
   *
   * @param file the bytes of a {@code .h5}, {@code .weights.h5} or {@code .keras} file
   * @param options what is to count instead of what the file says
   * @return the model
   * @throws InvalidInputException if it is no such file, or damaged, or the options do not fit it
   * @throws IOException if the stream cannot be read, or no temporary file be written
   */
  public static Model load(InputStream file, LoadOptions options) throws IOException {
    Path copy = Files.createTempFile("lstmfcn", ".h5");
    try {
      Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
      Model loaded = new ModelLoader(copy, options).load();
      ModelMetadata metadata = loaded.metadata.with(Map.of("weights_file", STREAM.toString()));
      return new Model(STREAM, loaded.network, metadata, loaded.truncate, loaded.assumptions);
    } catch (InvalidInputException unfit) {
      throw unfit.of(STREAM);
    } finally {
      Files.deleteIfExists(copy);
    }
  }

  /**
   * The file or folder it was loaded from.
   *
   * @return {@code (stream)} for one that was loaded from memory, {@code (trained)} for one that
   *     was trained in this process
   */
  public Path source() {
    return source;
  }

  /** What it computes. */
  Network network() {
    return network;
  }

  /**
   * Whether it is a SavedModel, whose weights lie in its graph.
   *
   * @return false for a model that has {@link #weights()}
   */
  public boolean isExported() {
    return network instanceof Network.Exported;
  }

  /**
   * What its answers depend on beside the weights, and where it comes from.
   *
   * @return with a preparation
   */
  public ModelMetadata metadata() {
    return metadata;
  }

  /**
   * What the file leaves open and a default had to decide, if it changes answers.
   *
   * @return one sentence each
   */
  public List<String> assumptions() {
    return assumptions;
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

  /**
   * Writes it as a Keras weight file that Keras 2, tf.keras and this library load, with all that
   * its answers depend on in an attribute that Keras ignores.
   *
   * @param file ends in {@code .h5}; a file that is there is replaced
   * @throws InvalidInputException if it is a SavedModel, or the file cannot be written
   */
  public void save(Path file) {
    KerasWeights.write(weights(), metadata, file);
  }

  /**
   * Writes it as a SavedModel for TF Serving, checked against its own answers.
   *
   * @param folder new, or a SavedModel to replace
   * @param overwrite whether a SavedModel that is there may be replaced
   * @throws InvalidInputException if it is a SavedModel itself, or the folder is there and may not
   *     be replaced, or cannot be written; the folder is then as it was
   */
  public void export(Path folder, boolean overwrite) {
    new SavedModelExport(weights(), metadata).write(folder, overwrite);
  }
}
