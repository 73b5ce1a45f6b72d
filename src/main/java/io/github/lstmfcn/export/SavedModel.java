package io.github.lstmfcn.export;

import static io.github.lstmfcn.export.SavedModelExport.INPUT;
import static io.github.lstmfcn.export.SavedModelExport.LOGITS;
import static io.github.lstmfcn.export.SavedModelExport.PROBABILITIES;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.files.FolderKind;
import io.github.lstmfcn.files.WholeFile;
import io.github.lstmfcn.model.ClassScores;
import io.github.lstmfcn.model.ModelMetadata;
import io.github.lstmfcn.model.graph.Batches;
import io.github.lstmfcn.model.graph.LayerOutput;
import io.github.lstmfcn.model.graph.LstmFcnGraph;
import io.github.lstmfcn.model.graph.Predictor;
import io.github.lstmfcn.model.graph.Threads;
import io.github.lstmfcn.text.FailureReason;
import io.github.lstmfcn.text.NumberText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tensorflow.Graph;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Signature;
import org.tensorflow.Tensor;
import org.tensorflow.exceptions.TFInvalidArgumentException;
import org.tensorflow.exceptions.TFUnimplementedException;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.types.TFloat32;

/**
 * A loaded SavedModel that {@link SavedModelExport} wrote. Safe for use by several threads; holds
 * native memory until closed.
 */
public final class SavedModel implements Predictor {
  private static final float SUM_TOLERANCE = 1e-3f;

  /** Has what TensorFlow and {@link SavedModelExport} write, so that nothing else is replaced. */
  static final FolderKind KIND =
      FolderKind.whole(
          "SavedModel",
          "saved_model\\.pb|fingerprint\\.pb|keras_metadata\\.pb|variables/.*|assets/.*"
              + "|assets\\.extra/(labels\\.txt|provenance\\.json)",
          SavedModelFile.NAME);

  private final Path folder;
  private final ModelMetadata metadata;
  private final OpenGraph open;
  private final InputShape shape;
  private final Output<?> input;
  private final Output<?> probabilities;

  /** Null in a SavedModel of others that has none of its own. */
  private final Output<?> logits;

  private SavedModel(Path folder, ModelMetadata metadata, OpenGraph open, MetaGraphDef read) {
    this.folder = folder;
    this.metadata = metadata;
    this.open = open;
    SignatureDef signature = read.getSignatureDefMap().get(Signature.DEFAULT_KEY);
    if (signature == null) {
      throw unusable(folder, "a signature " + Signature.DEFAULT_KEY, "none");
    }
    List<InputShape> possible =
        Stream.of(true, false)
            .map(flat -> InputShape.of(metadata.spec(), flat))
            .distinct()
            .toList();
    input = tensor(INPUT, signature.getInputsMap().get(INPUT));
    shape =
        possible.stream()
            .filter(candidate -> has(input, candidate.ofBatch(Shape.UNKNOWN_SIZE)))
            .findFirst()
            .orElseThrow(
                () ->
                    other(
                        INPUT,
                        possible.stream()
                            .map(InputShape::toString)
                            .collect(Collectors.joining(" or ")),
                        input));
    probabilities = tensor(PROBABILITIES, signature.getOutputsMap().get(PROBABILITIES));
    if (!has(probabilities, Shape.of(Shape.UNKNOWN_SIZE, classes()))) {
      throw other(PROBABILITIES, "(-1, %s)".formatted(classes()), probabilities);
    }
    TensorInfo entry = signature.getOutputsMap().get(LOGITS);
    Output<?> named = entry == null ? null : tensor(LOGITS, entry);
    logits = probabilities.equals(named) ? null : named;
  }

  /** A graph with a session; closing it frees both. */
  private record OpenGraph(Graph graph, Session session, Runnable closing) {}

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
    return load(folder, Threads.DEFAULT);
  }

  /**
   * Loads a SavedModel that computes on a number of threads, as {@link #load(Path)} does.
   *
   * @throws InvalidInputException as {@link #load(Path)}
   */
  public static SavedModel load(Path folder, Threads threads) {
    ModelMetadata metadata = describe(folder);
    MetaGraphDef read = new SavedModelFile(folder).read();
    try {
      Graph graph = new PermittedGraph(folder, read.getGraphDef()).create();
      Session session = LstmFcnGraph.session(graph, metadata.spec(), threads);
      Runnable closing =
          () -> {
            session.close();
            graph.close();
          };
      return opened(folder, metadata, new OpenGraph(graph, session, closing), read);
    } catch (RuntimeException failure) {
      throw damaged(folder, failure);
    }
  }

  /**
   * Loads a SavedModel whose graph may do what TensorFlow can do, such as reading and writing
   * files.
   *
   * @throws InvalidInputException if the folder is not a SavedModel with the metadata and the
   *     signature that {@link SavedModelExport} writes
   */
  public static SavedModel loadTrusted(Path folder, Threads threads) {
    ModelMetadata metadata = describe(folder);
    try {
      SavedModelBundle bundle =
          SavedModelBundle.loader(folder.toString())
              .withConfigProto(threads.configuration().build())
              .load();
      OpenGraph open = new OpenGraph(bundle.graph(), bundle.session(), bundle::close);
      return opened(folder, metadata, open, bundle.metaGraphDef());
    } catch (RuntimeException failure) {
      throw damaged(folder, failure);
    }
  }

  private static SavedModel opened(
      Path folder, ModelMetadata metadata, OpenGraph open, MetaGraphDef read) {
    try {
      return new SavedModel(folder, metadata, open, read);
    } catch (RuntimeException refused) {
      open.closing.run();
      throw refused;
    }
  }

  private static InvalidInputException damaged(Path folder, RuntimeException failure) {
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

  /** The tensor of an entry of the signature. */
  private Output<?> tensor(String name, TensorInfo entry) {
    String tensor = entry == null ? "" : entry.getName();
    String operation = tensor.endsWith(":0") ? tensor.substring(0, tensor.length() - 2) : tensor;
    if (operation.isEmpty() || open.graph.operation(operation) == null) {
      throw unusable(
          folder,
          "a tensor %s in its signature and its graph".formatted(name),
          entry == null ? "none" : NumberText.shown(tensor));
    }
    return open.graph.operation(operation).output(0);
  }

  private static boolean has(Output<?> tensor, Shape shape) {
    // Shapes of unknown size are not equal.
    return tensor.type().equals(TFloat32.class)
        && !tensor.shape().isUnknown()
        && Arrays.equals(tensor.shape().asArray(), shape.asArray());
  }

  private InvalidInputException other(String name, String shape, Output<?> found) {
    return unusable(
        folder,
        "a tensor %s of shape %s in float32".formatted(name, shape),
        "shape %s, %s".formatted(found.shape(), found.dataType()));
  }

  private static InvalidInputException unusable(Path folder, String expected, String found) {
    return new InvalidInputException(
        folder, "", expected, found, "only SavedModels of lstmfcn export are read");
  }

  @Override
  public int variables() {
    return metadata.spec().variables();
  }

  @Override
  public int length() {
    return metadata.spec().length();
  }

  @Override
  public int classes() {
    return metadata.spec().classes();
  }

  @Override
  public boolean dependsOnBatch() {
    return metadata.spec().dependsOnBatch();
  }

  @Override
  public ClassScores scores(float[][] series, int batchSize) {
    if (logits == null) {
      throw unusable(folder, "a tensor logits in its signature", "none");
    }
    return run(series, batchSize);
  }

  @Override
  public float[][] probabilities(float[][] series, int batchSize) {
    return run(series, batchSize).probabilities();
  }

  /** Runs the graph; without logits if it has none. */
  private ClassScores run(float[][] series, int batchSize) {
    List<Output<?>> outputs =
        logits == null ? List.of(probabilities) : List.of(probabilities, logits);
    return Batches.scores(series, batchSize, batch -> run(batch, outputs));
  }

  private ClassScores run(float[][] series, List<Output<?>> outputs) {
    try (TFloat32 tensor = Batches.tensor(series, shape.ofBatch(series.length), shape.size());
        Result result = run(tensor, outputs)) {
      float[][] found = distributions(rows(result.get(0), PROBABILITIES, series.length));
      return new ClassScores(
          logits == null ? found : rows(result.get(1), LOGITS, series.length), found);
    }
  }

  private float[][] rows(Tensor found, String name, int size) {
    if (found instanceof TFloat32 rows && rows.shape().equals(Shape.of(size, classes()))) {
      return LayerOutput.of(rows).rows();
    }
    throw unusable(
        folder, "%s of shape (%s, %s)".formatted(name, size, classes()), "shape " + found.shape());
  }

  private Result run(TFloat32 tensor, List<Output<?>> outputs) {
    try {
      Session.Runner runner = open.session.runner().feed(input, tensor);
      outputs.forEach(runner::fetch);
      return runner.run();
    } catch (TensorFlowException
        | TFInvalidArgumentException
        | TFUnimplementedException failure) { // no superclass of their own
      throw damaged(folder, failure);
    }
  }

  /** Checks that the rows are probabilities; those of series that overflow are NaN. */
  private float[][] distributions(float[][] rows) {
    for (float[] row : rows) {
      double sum = 0;
      boolean valid = true;
      for (float probability : row) {
        valid &= !(probability < 0);
        sum += probability;
      }
      if (!valid || Math.abs(sum - 1) > SUM_TOLERANCE) {
        throw unusable(folder, PROBABILITIES + " that sum to 1", "" + Arrays.toString(row));
      }
    }
    return rows;
  }

  @Override
  public void close() {
    open.closing.run();
  }
}
