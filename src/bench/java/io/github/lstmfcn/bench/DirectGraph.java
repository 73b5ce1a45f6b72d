package io.github.lstmfcn.bench;

import io.github.lstmfcn.keras.KerasWeights;
import io.github.lstmfcn.model.Convolutions;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.graph.FoldedWeights;
import io.github.lstmfcn.model.graph.GraphScope;
import io.github.lstmfcn.model.graph.InferenceLayers;
import io.github.lstmfcn.model.graph.LstmFcnGraph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tensorflow.Graph;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Signature;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/**
 * Writes networks with direct convolutions as SavedModels, for tf2onnx: the network alone, without
 * the preparation of series that an exported model has, which ours does in Java.
 */
final class DirectGraph {
  private DirectGraph() {}

  /** Arguments: a shape or a weight file, then a new folder, and so on. */
  public static void main(String[] args) throws IOException {
    for (int pair = 0; pair < args.length; pair += 2) {
      write(weights(args[pair]), Path.of(args[pair + 1]));
    }
  }

  private static ModelWeights weights(String from) {
    Path file = Path.of(from);
    return Files.exists(file) ? KerasWeights.read(file).weights() : Shape.parse(from).weights();
  }

  private static void write(ModelWeights weights, Path folder) throws IOException {
    try (Graph graph = new Graph()) {
      Ops tf = GraphScope.operations(graph);
      Placeholder<TFloat32> input = LstmFcnGraph.input(tf, weights.spec());
      LstmFcnGraph.Outputs outputs =
          InferenceLayers.build(tf, FoldedWeights.of(weights), Convolutions.DIRECT, input);
      Signature signature =
          Signature.builder()
              .key(Signature.DEFAULT_KEY)
              .input("series", input)
              .output("probabilities", outputs.probabilities())
              .build();
      try (Session session = new Session(graph)) {
        SavedModelBundle.exporter(folder.toString())
            .withSession(session)
            .withSignature(signature)
            .export();
      }
    }
  }
}
