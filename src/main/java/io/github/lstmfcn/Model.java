package io.github.lstmfcn;

import io.github.lstmfcn.data.LabelEncoding;
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
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A model: the network, the preparation of its input, the labels of its classes and its provenance.
 * It is immutable and holds no native memory; {@link TimeSeriesClassifier#of(Model)} makes it ready
 * to predict.
 */
public final class Model {
  private static final Path STREAM = Path.of("(stream)");

  private final Path source;
  private final Network network;
  private final ModelMetadata metadata;
  private final boolean truncate;
  private final List<String> assumptions;

  /**
   * Creates a model.
   *
   * @param source the file or folder it was loaded from
   * @param network the network, ready to be opened
   * @param metadata what its predictions depend on besides the network; has a preparation
   * @param truncate whether a series longer than the model's input is truncated rather than refused
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
   * Loads a model of any form: a Keras weight file, the folder of a training run or an exported
   * SavedModel. Every option is taken from the file.
   *
   * @param path the file or folder
   * @return the model
   * @throws InvalidInputException if the path is none of these, or damaged
   */
  public static Model load(Path path) {
    return load(path, LoadOptions.defaults());
  }

  /**
   * Loads a model of any form: a Keras weight file, the folder of a training run or an exported
   * SavedModel.
   *
   * @param path the file or folder
   * @param options what overrides the file
   * @return the model
   * @throws InvalidInputException if the path is none of these, is damaged, or does not fit the
   *     options
   */
  public static Model load(Path path, LoadOptions options) {
    return new ModelLoader(path, options).load();
  }

  /**
   * Loads a Keras weight file from a stream. The stream is read to its end and not closed.
   *
   * @param file the bytes of a {@code .h5}, {@code .weights.h5} or {@code .keras} file
   * @param options what overrides the file
   * @return the model
   * @throws InvalidInputException if the bytes are no such file, are damaged, or do not fit the
   *     options
   * @throws IOException if the stream cannot be read or a temporary file cannot be written
   */
  public static Model load(InputStream file, LoadOptions options) throws IOException {
    Path copy = Files.createTempFile("lstmfcn", ".h5");
    try {
      Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
      Model loaded = new ModelLoader(copy, options).load();
      ModelMetadata metadata = loaded.metadata.with("weights_file", STREAM.toString());
      return new Model(STREAM, loaded.network, metadata, loaded.truncate, loaded.assumptions);
    } catch (InvalidInputException unfit) {
      throw unfit.of(STREAM);
    } finally {
      Files.deleteIfExists(copy);
    }
  }

  /**
   * The file or folder that the model was loaded from.
   *
   * @return the path; {@code (stream)} for a model that was loaded from a stream, {@code (trained)}
   *     for one that was trained in this process
   */
  public Path source() {
    return source;
  }

  /** The network of the model. */
  Network network() {
    return network;
  }

  /**
   * Whether the model is a SavedModel, whose weights are part of its graph.
   *
   * @return false for a model that has {@link #weights()}
   */
  public boolean isExported() {
    return network instanceof Network.Exported;
  }

  /**
   * Whether the model is a SavedModel that may have any operation of TensorFlow; see {@link
   * LoadOptions#trusted()}.
   *
   * @return false for a model that has {@link #weights()}
   */
  public boolean isTrusted() {
    return network instanceof Network.Exported exported && exported.trusted();
  }

  /**
   * What the model's predictions depend on besides the weights, and where the model comes from.
   *
   * @return the metadata; its preparation is not null
   */
  public ModelMetadata metadata() {
    return metadata;
  }

  /**
   * The decisions that affect predictions, are left open by the file and were made by a default.
   *
   * @return one sentence per decision; empty if the file left nothing open
   */
  public List<String> assumptions() {
    return assumptions;
  }

  /** {@return the specification of the network} */
  public ModelSpec spec() {
    return metadata.spec();
  }

  /**
   * How series become the network's input, whether this library or the SavedModel's graph does it.
   *
   * @return the preparation
   */
  public Preparation preparation() {
    Preparation own = metadata.preparation();
    return new Preparation(
        own.variables(),
        own.length(),
        truncate,
        own.normalization(),
        own.means(),
        own.deviations());
  }

  /**
   * Prepares series for the opened network; a SavedModel fills and normalises them in its graph.
   *
   * @param series float32 {@code [N][variable][step]}
   */
  float[][] feed(float[][][] series) {
    return network instanceof Network.Exported
        ? preparation().pad(series)
        : preparation().apply(series);
  }

  /** {@return how labels became class indices when the model was trained} */
  public LabelEncoding labelEncoding() {
    return metadata.labelEncoding();
  }

  /**
   * The names of the classes.
   *
   * @return one name per class, in the order of the probabilities; {@code 0}, {@code 1}, … if the
   *     labels are not known
   */
  public List<String> labels() {
    return metadata.classNames();
  }

  /**
   * A copy of the model with other labels.
   *
   * @param labels one label per class, in the order of the classes
   * @return the copy
   * @throws InvalidInputException if there is not exactly one label per class, or two are the same
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
    List<String> given = labels.stream().filter(label -> !label.isEmpty()).toList();
    if (given.size() != Set.copyOf(given).size()) {
      throw new InvalidInputException(source, "labels", "different names", labels + "", "");
    }
    ModelMetadata named =
        new ModelMetadata(spec(), metadata.preparation(), labelEncoding(), labels, provenance());
    return new Model(source, network, named, truncate, assumptions);
  }

  /**
   * The model's provenance: the file it comes from and how it was trained, as facts for people.
   *
   * @return the facts by name, such as {@code chosen_on}
   */
  public Map<String, String> provenance() {
    return metadata.provenance();
  }

  /**
   * The weights of the model.
   *
   * @return the weights
   * @throws InvalidInputException if the model is a SavedModel, whose weights are part of its graph
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
   * Writes the model as a Keras weight file that Keras 2, tf.keras and this library can load. The
   * metadata is stored in an attribute that Keras ignores.
   *
   * @param file the file to write, with a name that ends in {@code .h5}; an existing file is
   *     replaced
   * @throws InvalidInputException if the model is a SavedModel, or the file cannot be written
   */
  public void save(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    if (!name.endsWith(".h5") || name.endsWith(".weights.h5")) {
      throw new InvalidInputException(
          file,
          "",
          "a name that ends in .h5",
          "another",
          "Keras takes .keras and .weights.h5 for layouts of Keras 3");
    }
    KerasWeights.write(weights(), metadata, file);
  }

  /**
   * Writes the model as a SavedModel for TF Serving and checks that the SavedModel predicts the
   * same. Its input is float32 {@code (-1, length)} for a univariate model and {@code (-1,
   * variables, length)} for a multivariate one.
   *
   * @param folder a new folder, or a SavedModel to replace
   * @param overwrite whether an existing SavedModel may be replaced
   * @throws InvalidInputException as {@link #export(Path, ExportOptions)}
   */
  public void export(Path folder, boolean overwrite) {
    export(folder, new ExportOptions(overwrite, false));
  }

  /**
   * Writes the model as a SavedModel for TF Serving and checks that the SavedModel predicts the
   * same.
   *
   * @param folder a new folder, or a SavedModel to replace
   * @param options whether an existing SavedModel may be replaced, and the shape of the input
   * @throws InvalidInputException if the model is itself a SavedModel, or the folder exists and may
   *     not be replaced, or cannot be written; the folder is then unchanged
   */
  public void export(Path folder, ExportOptions options) {
    new SavedModelExport(weights(), metadata, options.flatInput())
        .write(folder, options.overwrite());
  }
}
