package io.github.lstmfcn.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.lstmfcn.Fuzzed;
import io.github.lstmfcn.data.LabelEncoding;
import io.github.lstmfcn.data.Preparation;
import io.github.lstmfcn.model.ConvolutionBlock;
import io.github.lstmfcn.model.ModelMetadata;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.graph.RandomWeights;
import io.github.lstmfcn.model.graph.WeightConstants;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.proto.GraphDef;

/** Graphs and metadata of any bytes; none of them reaches TensorFlow here. */
class SavedModelFuzzTest {
  private static final ModelWeights WEIGHTS =
      RandomWeights.of(List.of(new ConvolutionBlock(2, 3, 0)), 6);

  static Stream<byte[]> graphs() throws IOException {
    return Stream.of(exported(SavedModelFile.NAME));
  }

  static Stream<byte[]> metadata() throws IOException {
    return Stream.of(exported(SavedModelExport.EXTRA + "/" + SavedModelExport.PROVENANCE));
  }

  private static byte[] exported(String file) throws IOException {
    Path target = Files.createTempDirectory("seeds").resolve("model");
    Preparation preparation = Preparation.none(6);
    new SavedModelExport(
            WEIGHTS,
            new ModelMetadata(
                WEIGHTS.spec(), preparation, LabelEncoding.SORTED, List.of(), Map.of()))
        .write(target, true);
    return Fuzzed.bytes(target.resolve(file));
  }

  @MethodSource("graphs")
  @FuzzTest(maxDuration = "10s")
  void aGraph(byte[] bytes) {
    Fuzzed.read(
        SavedModelFile.NAME,
        bytes,
        file -> {
          Path folder = file.getParent();
          GraphDef graph = new SavedModelFile(folder).read().getGraphDef();
          readTrusted(graph);
          new PermittedGraph(folder, graph).check();
          WeightConstants.read(WEIGHTS.spec(), graph);
        });
  }

  /** Reads the weights of a graph that was not checked, as is done if it is trusted. */
  private static void readTrusted(GraphDef graph) {
    try {
      WeightConstants.read(WEIGHTS.spec(), graph);
    } catch (IllegalArgumentException notFinite) {
      assertThat(notFinite).hasMessageMatching("(NaN|-?Infinity) in weights/\\S+");
    }
  }

  @MethodSource("metadata")
  @FuzzTest(maxDuration = "10s")
  void theMetadata(byte[] bytes) {
    Fuzzed.read(SavedModelFile.NAME, new byte[0], file -> {});
    Fuzzed.read(
        SavedModelExport.EXTRA + "/" + SavedModelExport.PROVENANCE,
        bytes,
        file -> SavedModel.describe(file.getParent().getParent()));
  }
}
