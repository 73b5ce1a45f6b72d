package io.github.lstmfcn.export;

import static io.github.lstmfcn.export.SavedModelExport.INPUT;
import static io.github.lstmfcn.export.SavedModelExport.LOGITS;
import static io.github.lstmfcn.export.SavedModelExport.PROBABILITIES;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.model.ClassScores;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.graph.Batches;
import io.github.lstmfcn.model.graph.LayerOutput;
import io.github.lstmfcn.model.graph.LstmFcnGraph;
import io.github.lstmfcn.model.graph.NetworkPredictor;
import io.github.lstmfcn.model.graph.Threads;
import io.github.lstmfcn.text.NumberText;
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
 * The graph of a SavedModel, run as it is. Safe for use by several threads; holds native memory
 * until closed.
 */
final class StoredGraph implements NetworkPredictor {
  private static final float SUM_TOLERANCE = 1e-3f;

  private final Path folder;
  private final ModelSpec spec;
  private final OpenGraph open;
  private final InputShape shape;
  private final Output<?> input;
  private final Output<?> probabilities;

  /** Null in a SavedModel of others that has none of its own. */
  private final Output<?> logits;

  private StoredGraph(Path folder, ModelSpec spec, OpenGraph open, MetaGraphDef read) {
    this.folder = folder;
    this.spec = spec;
    this.open = open;
    SignatureDef signature = read.getSignatureDefMap().get(Signature.DEFAULT_KEY);
    if (signature == null) {
      throw SavedModel.unusable(folder, "a signature " + Signature.DEFAULT_KEY, "none");
    }
    List<InputShape> possible =
        Stream.of(true, false).map(flat -> InputShape.of(spec, flat)).distinct().toList();
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

  /**
   * Opens a graph of operations that are permitted.
   *
   * @param graph the graph, closed with what is returned
   * @param read what the file has, with its signature
   * @throws InvalidInputException if it has not the signature of {@link SavedModelExport}
   */
  static StoredGraph of(
      Path folder, ModelSpec spec, Graph graph, MetaGraphDef read, Threads threads) {
    Session session = LstmFcnGraph.session(graph, spec, threads);
    Runnable closing =
        () -> {
          session.close();
          graph.close();
        };
    return opened(folder, spec, new OpenGraph(graph, session, closing), read);
  }

  /**
   * Loads and opens a graph of any operations.
   *
   * @throws InvalidInputException as {@link #of}
   */
  static StoredGraph trusted(Path folder, ModelSpec spec, Threads threads) {
    SavedModelBundle bundle =
        SavedModelBundle.loader(folder.toString())
            .withConfigProto(threads.configuration().build())
            .load();
    OpenGraph open = new OpenGraph(bundle.graph(), bundle.session(), bundle::close);
    return opened(folder, spec, open, bundle.metaGraphDef());
  }

  private static StoredGraph opened(
      Path folder, ModelSpec spec, OpenGraph open, MetaGraphDef read) {
    try {
      return new StoredGraph(folder, spec, open, read);
    } catch (RuntimeException refused) {
      open.closing.run();
      throw refused;
    }
  }

  @Override
  public ModelSpec spec() {
    return spec;
  }

  @Override
  public ClassScores scores(float[][] series, int batchSize) {
    if (logits == null) {
      throw SavedModel.unusable(folder, "a tensor logits in its signature", "none");
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
    throw SavedModel.unusable(
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
      throw SavedModel.damaged(folder, failure);
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
        throw SavedModel.unusable(
            folder, PROBABILITIES + " that sum to 1", "" + Arrays.toString(row));
      }
    }
    return rows;
  }

  /** The tensor of an entry of the signature. */
  private Output<?> tensor(String name, TensorInfo entry) {
    String tensor = entry == null ? "" : entry.getName();
    String operation = tensor.endsWith(":0") ? tensor.substring(0, tensor.length() - 2) : tensor;
    if (operation.isEmpty() || open.graph.operation(operation) == null) {
      throw SavedModel.unusable(
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
    return SavedModel.unusable(
        folder,
        "a tensor %s of shape %s in float32".formatted(name, shape),
        "shape %s, %s".formatted(found.shape(), found.dataType()));
  }

  @Override
  public void close() {
    open.closing.run();
  }
}
