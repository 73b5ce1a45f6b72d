package io.github.lstmfcn.export;

import io.github.lstmfcn.model.Convolutions;
import io.github.lstmfcn.model.ModelMetadata;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.graph.FoldedWeights;
import io.github.lstmfcn.model.graph.GraphScope;
import io.github.lstmfcn.model.graph.InferenceLayers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.ReduceAll;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/** What was exported at first: convolutions by minimal filtering, without normalisation here. */
final class FormerExport {
  private FormerExport() {}

  static GraphDef graph(ModelWeights weights) {
    InputShape shape = InputShape.of(weights.spec(), false);
    try (Graph graph = new Graph()) {
      Ops tf = GraphScope.operations(graph);
      Operand<TFloat32> series =
          tf.withName("series")
              .placeholder(TFloat32.class, Placeholder.shape(shape.ofBatch(Shape.UNKNOWN_SIZE)));
      Operand<TFloat32> x = shape.withVariables(tf, series);
      Operand<TFloat32> filled = tf.select(tf.math.isNan(x), tf.zerosLike(x), x);
      Operand<TBool> finite =
          tf.reduceAll(
              tf.math.lessEqual(tf.math.abs(filled), tf.constant(Float.MAX_VALUE)),
              tf.constant(new int[] {1, 2}),
              ReduceAll.keepDims(true));
      Operand<TFloat32> input = tf.select(finite, filled, tf.constant(Float.POSITIVE_INFINITY));
      InferenceLayers.build(tf, FoldedWeights.of(weights), Convolutions.WINOGRAD_6, input);
      return graph.toGraphDef();
    }
  }

  /** Writes such a model for a folder that does not exist yet. */
  static void write(ModelWeights weights, ModelMetadata metadata, Path target) throws IOException {
    new SavedModelExport(weights, metadata).write(target, false);
    Path file = target.resolve(SavedModelFile.NAME);
    var model = org.tensorflow.proto.SavedModel.parseFrom(Files.readAllBytes(file)).toBuilder();
    var meta = model.getMetaGraphsBuilder(0).setGraphDef(graph(weights));
    var signature = meta.getSignatureDefOrThrow(Signature.DEFAULT_KEY).toBuilder();
    signature.removeOutputs("class").removeOutputs("label");
    meta.putSignatureDef(Signature.DEFAULT_KEY, signature.build());
    Files.write(file, model.build().toByteArray());
  }
}
