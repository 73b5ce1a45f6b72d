package io.github.lstmfcn.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.github.lstmfcn.data.LabelEncoding;
import io.github.lstmfcn.data.Preparation;
import io.github.lstmfcn.model.ConvolutionBlock;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.model.ModelMetadata;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.Orientation;
import io.github.lstmfcn.model.Precision;
import io.github.lstmfcn.model.graph.LayerOutput;
import io.github.lstmfcn.model.graph.LstmFcnSession;
import io.github.lstmfcn.model.graph.RandomWeights;
import io.github.lstmfcn.model.graph.Threads;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.types.TFloat32;

/** The graph of an export, and what the loader takes for it. */
@Timeout(60)
class ServedGraphTest {
  private static final int LENGTH = 40;

  /** More than 256 steps in a batch, which another graph than the stored one answers. */
  private static final float[][] SERIES = RandomWeights.series(20, LENGTH, 3);

  private static final ModelWeights WEIGHTS =
      RandomWeights.of(
          List.of(
              new ConvolutionBlock(6, 8), new ConvolutionBlock(8, 5), new ConvolutionBlock(6, 3)),
          LENGTH);

  @TempDir static Path folder;
  private static Path exported;

  @BeforeAll
  static void export() {
    exported = export(WEIGHTS, Preparation.none(LENGTH), false, "exported");
  }

  private static Path export(
      ModelWeights weights, Preparation preparation, boolean flat, String name) {
    Path target = folder.resolve(name);
    new SavedModelExport(weights, metadata(weights, preparation), flat).write(target, true);
    return target;
  }

  private static ModelMetadata metadata(ModelWeights weights, Preparation preparation) {
    return new ModelMetadata(
        weights.spec(), preparation, LabelEncoding.SORTED, List.of(), Map.of());
  }

  private static MetaGraphDef read(Path target) {
    return new SavedModelFile(target).read();
  }

  private static List<NodeDef> operations(Path target) {
    return read(target).getGraphDef().getNodeList();
  }

  private static List<String> typesOf(Path target) {
    return operations(target).stream()
        .map(NodeDef::getOp)
        .filter(op -> !op.equals("Const"))
        .toList();
  }

  @Test
  void hasFewOperationsWhichAreNamedAfterTheLayers() {
    List<String> types = typesOf(exported);

    assertThat(types).hasSizeLessThanOrEqualTo(43);
    assertThat(types).filteredOn("Conv2D"::equals).hasSize(3);
    assertThat(types).filteredOn("Relu"::equals).hasSize(3);
    assertThat(types).doesNotContain("PadV2", "Slice", "Sub", "Sum", "Cast");
    assertThat(operations(exported)).hasSizeLessThanOrEqualTo(69);
    assertThat(operations(exported))
        .extracting(NodeDef::getName)
        .contains("series", "conv1/Conv2d", "relu1", "relu2", "relu3", "lstm", "gap", "concat")
        .contains("weights/conv1.kernel", "logits", "probabilities", "class", "label");
  }

  @Test
  void convolutionsTakeConstantKernelsOfImagesInTensorFlowsOwnOrder() {
    Map<String, NodeDef> byName =
        operations(exported).stream().collect(Collectors.toMap(NodeDef::getName, node -> node));
    for (int number = 1; number <= 3; number++) {
      NodeDef conv = byName.get("conv" + number + "/Conv2d");
      TensorProto kernel = byName.get(conv.getInput(1)).getAttrOrThrow("value").getTensor();
      assertThat(kernel.getTensorShape().getDimCount()).isEqualTo(4);
      assertThat(kernel.getTensorShape().getDim(0).getSize()).isEqualTo(1);
      assertThat(conv.getAttrOrThrow("data_format").getS().toStringUtf8()).isEqualTo("NHWC");
      assertThat(conv.getAttrOrThrow("padding").getS().toStringUtf8()).isEqualTo("SAME");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void changedWeightsAreComputedWithInTheFastGraphs(boolean packed) throws IOException {
    float[] bias = {3, -2, 1, 0.5f};
    Path target =
        edited(
            value(
                "weights/dense.bias",
                tensor -> {
                  if (packed) {
                    packed(tensor, bias);
                  } else {
                    plain(tensor, bias);
                  }
                }));
    ModelWeights changed = RandomWeights.with(WEIGHTS, "dense/bias", bias);
    try (SavedModel model = SavedModel.load(target);
        LstmFcnSession expected = new LstmFcnSession(changed)) {
      assertThat(model.isRebuilt()).isTrue();
      for (int batch : new int[] {1, 20}) {
        assertClose(model.probabilities(SERIES, batch), expected.probabilities(SERIES, batch));
      }
      assertClose(model.probabilities(SERIES, 20), served(target));
    }
  }

  @Test
  void aChangedOperationIsRunAsItIsStored() throws IOException {
    Path target = edited(graph -> node(graph, "relu3").setOp("Tanh"));

    float[][] expected = served(target);
    assertThat(largestDifference(expected, served(exported))).isGreaterThan(1e-4f);
    for (SavedModel model :
        List.of(
            SavedModel.load(target),
            SavedModel.loadTrusted(target, Threads.DEFAULT, Precision.FLOAT32))) {
      try (model) {
        assertThat(model.isRebuilt()).isFalse();
        assertClose(model.probabilities(SERIES, 20), expected);
      }
    }
  }

  static Stream<Arguments> edits() {
    return Stream.of(
        edit("an attribute", graph -> node(graph, "lstm").putAttr("_note", note())),
        edit("an input", graph -> node(graph, "relu3").setInput(0, "conv3/Conv2d")),
        edit(
            "the order of two inputs",
            graph -> node(graph, "concat").setInput(0, "gap").setInput(1, "lstm")),
        edit(
            "what missing values become",
            value("preparation/Const_1", tensor -> tensor.clearFloatVal().addFloatVal(1))),
        edit(
            "the largest value",
            value("check/Const_1", tensor -> tensor.clearFloatVal().addFloatVal(0x1p50f))),
        edit(
            "the shape of a weight",
            value(
                "weights/lstm.bias",
                tensor -> tensor.getTensorShapeBuilder().addDimBuilder().setSize(1))),
        edit(
            "the number of weights",
            value("weights/lstm.bias", TensorProto.Builder::clearTensorContent)),
        edit(
            "the type of a weight",
            value("weights/lstm.bias", tensor -> tensor.setDtype(DataType.DT_INT32))),
        edit("an operation less", graph -> graph.getGraphDefBuilder().removeNode(5)),
        edit(
            "an operation more",
            graph -> graph.getGraphDefBuilder().addNode(node(graph, "lstm").build())),
        edit("a name", graph -> node(graph, "relu3").setName("relu4")),
        edit(
            "a function",
            graph -> graph.getGraphDefBuilder().getLibraryBuilder().addFunctionBuilder()),
        edit("the signature", graph -> swapOutputs(graph, "probabilities", "logits")));
  }

  private static Arguments edit(String what, Consumer<MetaGraphDef.Builder> edit) {
    return Arguments.of(what, edit);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("edits")
  void whatDiffersOtherwiseIsNotTakenForAnExport(String what, Consumer<MetaGraphDef.Builder> edit) {
    ModelMetadata metadata = SavedModel.describe(exported);
    MetaGraphDef.Builder graph = read(exported).toBuilder();
    assertThat(ServedGraph.recognised(metadata, graph.build())).isPresent();

    edit.accept(graph);

    assertThat(ServedGraph.recognised(metadata, graph.build())).isEmpty();
  }

  @Test
  void metadataOfMoreStepsThanTheGraphHasIsNotBuilt() {
    ModelSpec spec = Networks.of(ModelKind.MLSTM_FCN);
    spec = spec.with(spec.recurrent().with(Orientation.OVER_STEPS));
    Path target =
        export(
            RandomWeights.of(spec, 1),
            Preparation.none(spec.variables(), spec.length()),
            false,
            "steps");
    ModelSpec longer =
        new ModelSpec(spec.variables(), 1_000_000, spec.classes(), spec.recurrent(), spec.blocks());
    ModelMetadata metadata =
        new ModelMetadata(
            longer,
            Preparation.none(longer.variables(), longer.length()),
            LabelEncoding.SORTED,
            List.of(),
            Map.of());

    assertThat(ServedGraph.recognised(metadata, read(target))).isEmpty();
  }

  @Test
  void aTrustedExportIsComputedWithInTheFastGraphsToo() {
    try (SavedModel model = SavedModel.loadTrusted(exported, Threads.of(1), Precision.FLOAT32)) {
      assertThat(model.isRebuilt()).isTrue();
      assertClose(model.probabilities(SERIES, 20), served(exported));
    }
  }

  @Test
  void whatWasExportedAtFirstIsRunAsItIsStored() throws IOException {
    Path target = folder.resolve("former");
    FormerExport.write(WEIGHTS, metadata(WEIGHTS, Preparation.none(LENGTH)), target);

    assertThat(typesOf(target)).hasSizeGreaterThan(200).doesNotContain("Conv2D");
    try (SavedModel model = SavedModel.load(target);
        LstmFcnSession expected = new LstmFcnSession(WEIGHTS)) {
      assertThat(model.isRebuilt()).isFalse();
      assertClose(model.probabilities(SERIES, 20), expected.probabilities(SERIES, 20));
      assertClose(model.scores(SERIES, 20).logits(), expected.scores(SERIES, 20).logits());
    }
  }

  private static NodeDef.Builder node(MetaGraphDef.Builder graph, String name) {
    return graph.getGraphDefBuilder().getNodeBuilderList().stream()
        .filter(node -> node.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static AttrValue note() {
    return AttrValue.newBuilder().setI(1).build();
  }

  /** A change to the value of a constant. */
  private static Consumer<MetaGraphDef.Builder> value(
      String constant, Consumer<TensorProto.Builder> edit) {
    return graph -> {
      NodeDef.Builder node = node(graph, constant);
      AttrValue.Builder value = node.getAttrOrThrow("value").toBuilder();
      edit.accept(value.getTensorBuilder());
      node.putAttr("value", value.build());
    };
  }

  private static void packed(TensorProto.Builder tensor, float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    tensor.setTensorContent(ByteString.copyFrom(bytes));
  }

  private static void plain(TensorProto.Builder tensor, float[] values) {
    tensor.clearTensorContent();
    for (float value : values) {
      tensor.addFloatVal(value);
    }
  }

  private static void swapOutputs(MetaGraphDef.Builder graph, String one, String other) {
    var signature = graph.getSignatureDefOrThrow(Signature.DEFAULT_KEY);
    graph.putSignatureDef(
        Signature.DEFAULT_KEY,
        signature.toBuilder()
            .putOutputs(one, signature.getOutputsOrThrow(other))
            .putOutputs(other, signature.getOutputsOrThrow(one))
            .build());
  }

  /** A copy of the exported model with a change. */
  private static Path edited(Consumer<MetaGraphDef.Builder> edit) throws IOException {
    Path target = Files.createTempDirectory(folder, "edited");
    Path extra = Files.createDirectory(target.resolve(SavedModelExport.EXTRA));
    Files.copy(
        exported.resolve(SavedModelExport.EXTRA).resolve(SavedModelExport.PROVENANCE),
        extra.resolve(SavedModelExport.PROVENANCE));
    MetaGraphDef.Builder graph = read(exported).toBuilder();
    edit.accept(graph);
    Files.write(
        target.resolve(SavedModelFile.NAME),
        org.tensorflow.proto.SavedModel.newBuilder().addMetaGraphs(graph).build().toByteArray());
    return target;
  }

  /** What TensorFlow itself answers. */
  private static float[][] served(Path target) {
    try (SavedModelBundle bundle = SavedModelBundle.load(target.toString());
        TFloat32 input = TFloat32.tensorOf(StdArrays.ndCopyOf(SERIES));
        Result result = bundle.call(Map.of("series", input))) {
      return LayerOutput.of((TFloat32) result.get("probabilities").orElseThrow()).rows();
    }
  }

  private static float largestDifference(float[][] a, float[][] b) {
    float largest = 0;
    for (int row = 0; row < a.length; row++) {
      for (int k = 0; k < a[row].length; k++) {
        largest = Math.max(largest, Math.abs(a[row][k] - b[row][k]));
      }
    }
    return largest;
  }

  private static void assertClose(float[][] found, float[][] expected) {
    assertThat(found.length).isEqualTo(expected.length);
    for (int row = 0; row < found.length; row++) {
      assertThat(found[row]).containsExactly(expected[row], Offset.offset(1e-5f));
    }
  }
}
