package io.github.lstmfcn.export;

import static io.github.lstmfcn.export.SavedModelExport.INPUT;
import static io.github.lstmfcn.export.SavedModelExport.LOGITS;
import static io.github.lstmfcn.export.SavedModelExport.PROBABILITIES;

import io.github.lstmfcn.model.Convolutions;
import io.github.lstmfcn.model.ModelMetadata;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.Precision;
import io.github.lstmfcn.model.graph.FoldedModel;
import io.github.lstmfcn.model.graph.FoldedWeights;
import io.github.lstmfcn.model.graph.GraphScope;
import io.github.lstmfcn.model.graph.InferenceLayers;
import io.github.lstmfcn.model.graph.LstmFcnGraph;
import io.github.lstmfcn.model.graph.Threads;
import io.github.lstmfcn.model.graph.WeightConstants;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;

/**
 * The graph that {@link SavedModelExport} writes: the preparation, the network with direct
 * convolutions, which are fast wherever a graph may be served, and the labels.
 *
 * @param weights the weights of the network
 * @param metadata the metadata, whose preparation and labels become part of the graph
 * @param shape the shape of the input
 */
record ServedGraph(FoldedWeights weights, ModelMetadata metadata, InputShape shape) {
  /** The operations that TensorFlow adds to save variables, of which there are none. */
  private static final String SAVER = "save/";

  /** Every step of a recurrence has more operations. */
  private static final int OPERATIONS_PER_STEP = 10;

  /** Adds the graph to an empty one. */
  Signature addTo(Ops tf) {
    Placeholder<TFloat32> series =
        tf.withName(INPUT)
            .placeholder(TFloat32.class, Placeholder.shape(shape.ofBatch(Shape.UNKNOWN_SIZE)));
    Ops front = tf.withSubScope("preparation");
    Operand<TFloat32> input = prepared(front, shape.withVariables(front, series)); // (N, M, T)
    LstmFcnGraph.Outputs outputs = InferenceLayers.build(tf, weights, Convolutions.DIRECT, input);
    Ops scope = tf.withSubScope("answer");
    Operand<TInt32> axis = scope.constant(1);
    Operand<TBool> invalid = scope.reduceAny(scope.math.isNan(outputs.logits()), axis); // (N)
    Operand<TInt64> mostProbable = scope.math.argMax(outputs.logits(), axis);
    Operand<TInt64> best = tf.withName("class").select(invalid, scope.constant(-1L), mostProbable);
    Operand<TString> names = scope.array(metadata.classNames().toArray(String[]::new));
    Operand<TString> label =
        tf.withName("label")
            .select(
                invalid, scope.constant(""), scope.gather(names, mostProbable, scope.constant(0)));
    return Signature.builder()
        .key(Signature.DEFAULT_KEY)
        .methodName("tensorflow/serving/predict")
        .input(INPUT, series)
        .output(PROBABILITIES, outputs.probabilities())
        .output(LOGITS, outputs.logits())
        .output("class", best)
        .output("label", label)
        .build();
  }

  private Operand<TFloat32> prepared(Ops tf, Operand<TFloat32> series) {
    return new PreparationGraph(tf, metadata.preparation()).apply(series);
  }

  /** Opens a model that computes the same in the graphs that are fastest on this machine. */
  FoldedModel open(Threads threads, Precision precision) {
    return new FoldedModel(weights, this::prepared, threads, precision);
  }

  /**
   * Recognises a graph that was exported, whatever the values of its weights are by now.
   *
   * @return the graph with the weights that were found; empty if the signature, an operation, an
   *     attribute, an input or another constant is not as it would be exported
   */
  static Optional<ServedGraph> recognised(ModelMetadata metadata, MetaGraphDef found) {
    GraphDef graph = found.getGraphDef();
    ModelSpec spec = metadata.spec();
    // Metadata alone must not make a graph that is much larger than the one in the file.
    long least = (spec.recurrentSteps() - 1L) * OPERATIONS_PER_STEP;
    if (metadata.preparation() == null
        || graph.getNodeCount() < least
        || graph.getLibrary().getFunctionCount() > 0
        || !hasSignature(found)) {
      return Optional.empty();
    }
    return WeightConstants.read(spec, graph)
        .map(weights -> new ServedGraph(weights, metadata, InputShape.of(spec, isFlat(graph))))
        .filter(served -> served.isIn(graph));
  }

  private static boolean hasSignature(MetaGraphDef found) {
    SignatureDef signature =
        found.getSignatureDefOrDefault(Signature.DEFAULT_KEY, SignatureDef.getDefaultInstance());
    return isNamed(signature.getInputsMap(), INPUT)
        && isNamed(signature.getOutputsMap(), PROBABILITIES)
        && isNamed(signature.getOutputsMap(), LOGITS);
  }

  private static boolean isNamed(Map<String, TensorInfo> tensors, String name) {
    return tensors.containsKey(name) && tensors.get(name).getName().equals(name + ":0");
  }

  private static boolean isFlat(GraphDef graph) {
    return graph.getNodeList().stream()
        .filter(node -> node.getName().equals(INPUT))
        .map(node -> node.getAttrOrDefault("shape", AttrValue.getDefaultInstance()).getShape())
        .anyMatch(dimensions -> dimensions.getDimCount() == 2);
  }

  /** Whether a graph is this one but for the values of the weights. */
  private boolean isIn(GraphDef found) {
    try (Graph graph = new Graph()) {
      addTo(GraphScope.operations(graph));
      return operations(graph.toGraphDef()).equals(operations(found));
    }
  }

  private static List<NodeDef> operations(GraphDef graph) {
    return graph.getNodeList().stream()
        .filter(node -> !node.getName().startsWith(SAVER))
        .map(node -> WeightConstants.isOne(node) ? withoutValues(node) : node)
        .toList();
  }

  private static NodeDef withoutValues(NodeDef constant) {
    AttrValue.Builder value = constant.getAttrOrThrow("value").toBuilder();
    value.getTensorBuilder().clearTensorContent().clearFloatVal();
    return constant.toBuilder().putAttr("value", value.build()).build();
  }
}
