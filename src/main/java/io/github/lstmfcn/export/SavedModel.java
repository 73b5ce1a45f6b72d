package io.github.lstmfcn.export;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.files.FolderKind;
import io.github.lstmfcn.files.WholeFile;
import io.github.lstmfcn.machine.Measurement;
import io.github.lstmfcn.model.ClassScores;
import io.github.lstmfcn.model.ModelMetadata;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.Precision;
import io.github.lstmfcn.model.graph.FoldedModel;
import io.github.lstmfcn.model.graph.NetworkPredictor;
import io.github.lstmfcn.model.graph.Predictor;
import io.github.lstmfcn.model.graph.Threads;
import io.github.lstmfcn.text.FailureReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Graph;
import org.tensorflow.proto.MetaGraphDef;

/**
 * A loaded SavedModel that {@link SavedModelExport} wrote. If its graph is, but for the values of
 * the weights, the one that would be written today, they are computed with in the graphs that are
 * fastest on this machine. Otherwise, as after a change to an operation or if an earlier version
 * wrote it, the graph is run as it is stored. Safe for use by several threads; holds native memory
 * until closed.
 */
public final class SavedModel implements NetworkPredictor {
  /** Has what TensorFlow and {@link SavedModelExport} write, so that nothing else is replaced. */
  static final FolderKind KIND =
      FolderKind.whole(
          "SavedModel",
          "saved_model\\.pb|fingerprint\\.pb|keras_metadata\\.pb|variables/.*|assets/.*"
              + "|assets\\.extra/(labels\\.txt|provenance\\.json)",
          SavedModelFile.NAME);

  private final ModelMetadata metadata;
  private final Predictor network;

  private SavedModel(ModelMetadata metadata, Predictor network) {
    this.metadata = metadata;
    this.network = network;
  }

  /** Whether a folder looks like a SavedModel. */
  public static boolean isAt(Path folder) {
    return Files.isRegularFile(folder.resolve(SavedModelFile.NAME));
  }

  /**
   * Reads the metadata of a SavedModel without loading its graph.
   *
   * @throws InvalidInputException if the folder is not a SavedModel of {@link SavedModelExport}
   */
  public static ModelMetadata describe(Path folder) {
    if (Files.exists(folder.resolve("keras_metadata.pb"))) {
      throw new InvalidInputException(
          folder,
          "",
          "a SavedModel of lstmfcn export",
          "a SavedModel that Keras wrote",
          "load it with Keras and save it as .keras or .h5");
    }
    Path extra = folder.resolve(SavedModelExport.EXTRA);
    Path file = extra.resolve(SavedModelExport.PROVENANCE);
    if (!isAt(folder) || !Files.isRegularFile(file)) {
      throw unusable(
          folder,
          "a SavedModel with " + SavedModelExport.EXTRA + "/" + SavedModelExport.PROVENANCE,
          isAt(folder) ? "none" : "no saved_model.pb");
    }
    try {
      ModelMetadata metadata =
          ModelMetadata.parse(
              folder,
              SavedModelExport.PROVENANCE,
              WholeFile.text(file, WholeFile.MOST_OF_DOCUMENT));
      Path labelsFile = extra.resolve(SavedModelExport.LABELS);
      List<String> labels =
          Files.exists(labelsFile)
              ? WholeFile.text(labelsFile, WholeFile.MOST_OF_DOCUMENT).lines().toList()
              : List.of();
      List<String> exported = String.join("\n", metadata.classNames()).lines().toList();
      if (!labels.isEmpty() && !labels.equals(exported)) {
        throw new InvalidInputException(
            folder,
            SavedModelExport.LABELS,
            exported + ", as it was exported with",
            labels + "",
            "export it again with other --labels");
      }
      return metadata;
    } catch (IOException damage) {
      throw new InvalidInputException(
          folder,
          "",
          "readable labels and provenance",
          FailureReason.of(damage),
          "export it again",
          damage);
    }
  }

  /**
   * Loads a SavedModel. Its graph is checked before TensorFlow sees it.
   *
   * @throws InvalidInputException if the folder is not a SavedModel of {@link SavedModelExport}, or
   *     its graph has operations that this never writes
   */
  public static SavedModel load(Path folder) {
    return load(folder, Threads.DEFAULT, Precision.FLOAT32);
  }

  /**
   * Loads a SavedModel that computes on a number of threads with products of a precision, as {@link
   * #load(Path)} does.
   *
   * @throws InvalidInputException as {@link #load(Path)}, or if the precision is not float32 and
   *     the graph is run as it is stored
   */
  public static SavedModel load(Path folder, Threads threads, Precision precision) {
    ModelMetadata metadata = describe(folder);
    MetaGraphDef read = new SavedModelFile(folder).read();
    try {
      return new SavedModel(metadata, network(folder, metadata, read, threads, precision));
    } catch (RuntimeException failure) {
      throw damaged(folder, failure);
    }
  }

  private static Predictor network(
      Path folder,
      ModelMetadata metadata,
      MetaGraphDef read,
      Threads threads,
      Precision precision) {
    Predictor stored = stored(folder, metadata, read, threads);
    try {
      Optional<ServedGraph> served = ServedGraph.recognised(metadata, read);
      if (served.isPresent()) {
        stored.close();
        return served.get().open(threads, precision);
      }
      expectFloat32(folder, precision);
      return stored;
    } catch (RuntimeException failure) {
      stored.close();
      throw failure;
    }
  }

  /**
   * Opens the graph as it is stored, whether it is recognised or not.
   *
   * @throws InvalidInputException as {@link #load(Path)}
   */
  static Predictor stored(Path folder) {
    return stored(folder, describe(folder), new SavedModelFile(folder).read(), Threads.DEFAULT);
  }

  private static Predictor stored(
      Path folder, ModelMetadata metadata, MetaGraphDef read, Threads threads) {
    ModelSpec spec = metadata.spec();
    Graph graph =
        new PermittedGraph(folder, read.getGraphDef())
            .create((long) spec.variables() * spec.length());
    return StoredGraph.of(folder, spec, graph, read, threads);
  }

  /**
   * Loads a SavedModel whose graph may do what TensorFlow can do, such as reading and writing
   * files.
   *
   * @throws InvalidInputException if the folder is not a SavedModel with the metadata and the
   *     signature that {@link SavedModelExport} writes
   */
  public static SavedModel loadTrusted(Path folder, Threads threads, Precision precision) {
    ModelMetadata metadata = describe(folder);
    try {
      Optional<ServedGraph> served = served(folder, metadata);
      if (served.isPresent()) {
        return new SavedModel(metadata, served.get().open(threads, precision));
      }
      expectFloat32(folder, precision);
      return new SavedModel(metadata, StoredGraph.trusted(folder, metadata.spec(), threads));
    } catch (RuntimeException failure) {
      throw damaged(folder, failure);
    }
  }

  /** Refuses another precision for a graph that is run as it is. */
  private static void expectFloat32(Path folder, Precision precision) {
    if (precision != Precision.FLOAT32) {
      throw new InvalidInputException(
          folder,
          "precision",
          Precision.FLOAT32 + " for a graph that lstmfcn export does not write",
          precision.toString(),
          "export it again");
    }
  }

  /** The graph, if it is one that was exported; other files may be beyond the limits for these. */
  private static Optional<ServedGraph> served(Path folder, ModelMetadata metadata) {
    try {
      return ServedGraph.recognised(metadata, new SavedModelFile(folder).read());
    } catch (InvalidInputException other) {
      return Optional.empty();
    }
  }

  static InvalidInputException damaged(Path folder, RuntimeException failure) {
    return failure instanceof InvalidInputException known
        ? known
        : new InvalidInputException(
            folder,
            "",
            "a SavedModel that TensorFlow can run",
            firstLine(failure),
            "export it again",
            failure);
  }

  private static String firstLine(RuntimeException failure) {
    return String.valueOf(failure.getMessage())
        .lines()
        .findFirst()
        .orElse(failure.getClass().getSimpleName());
  }

  static InvalidInputException unusable(Path folder, String expected, String found) {
    return new InvalidInputException(
        folder, "", expected, found, "only SavedModels of lstmfcn export are read");
  }

  /** Whether the graph is the one that would be exported, so that faster ones stand for it. */
  boolean isRebuilt() {
    return network instanceof FoldedModel;
  }

  @Override
  public ModelSpec spec() {
    return metadata.spec();
  }

  @Override
  public Optional<Measurement> measure(int batchSize) {
    return network.measure(batchSize);
  }

  @Override
  public ClassScores scores(float[][] series, int batchSize) {
    return network.scores(series, batchSize);
  }

  @Override
  public float[][] probabilities(float[][] series, int batchSize) {
    return network.probabilities(series, batchSize);
  }

  @Override
  public void close() {
    network.close();
  }
}
