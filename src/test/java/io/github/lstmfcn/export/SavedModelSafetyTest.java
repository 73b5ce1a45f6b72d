package io.github.lstmfcn.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.github.lstmfcn.data.LabelEncoding;
import io.github.lstmfcn.data.Normalization;
import io.github.lstmfcn.data.Preparation;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.model.ConvolutionBlock;
import io.github.lstmfcn.model.GateActivation;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.model.ModelMetadata;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.Precision;
import io.github.lstmfcn.model.graph.FoldedWeights;
import io.github.lstmfcn.model.graph.GraphScope;
import io.github.lstmfcn.model.graph.RandomWeights;
import io.github.lstmfcn.model.graph.Threads;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NameAttrList;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;

/** What a SavedModel of other people's making may do before and while it is run. */
class SavedModelSafetyTest {
  private static final int VARIABLES = Networks.VARIABLES;
  private static final int LENGTH = Networks.LENGTH;
  private static final int CLASSES = Networks.CLASSES;

  @TempDir static Path folder;
  private static Path honest;

  @BeforeAll
  static void export() {
    honest = folder.resolve("honest");
    ModelSpec spec = Networks.of(ModelKind.MLSTM_FCN);
    export(spec, Preparation.none(VARIABLES, LENGTH), false, honest);
  }

  private static void export(ModelSpec spec, Preparation preparation, boolean flat, Path target) {
    ModelMetadata metadata =
        new ModelMetadata(spec, preparation, LabelEncoding.SORTED, List.of(), Map.of());
    new SavedModelExport(RandomWeights.of(spec, 1), metadata, flat).write(target, true);
  }

  @Test
  void everyPermittedOperationIsOneThatAnExportWritesOrWrote() throws IOException {
    TreeSet<String> written = new TreeSet<>();
    Path target = folder.resolve("any");
    for (ModelSpec spec : specs()) {
      written.addAll(operations(spec, Normalization.NONE, true, target));
    }
    for (Normalization normalization : Normalization.values()) {
      for (ModelSpec spec : List.of(Networks.of(ModelKind.FCN), univariate(ModelKind.FCN))) {
        written.addAll(operations(spec, normalization, false, target));
      }
    }
    assertThat(written).contains("Conv2D", "Mean").doesNotContain("PadV2");
    for (ModelSpec spec : specs()) {
      written.addAll(operations(FormerExport.graph(RandomWeights.of(spec, 1))));
    }
    assertThat(written).containsExactlyElementsOf(PermittedGraph.operations());
  }

  private static List<ModelSpec> specs() {
    return Stream.concat(
            Networks.all(), Stream.of(ModelKind.LSTM_FCN).map(SavedModelSafetyTest::univariate))
        .toList();
  }

  private static ModelSpec univariate(ModelKind kind) {
    return ModelSpec.of(kind, 1, LENGTH, CLASSES, 4, GateActivation.HARD_SIGMOID);
  }

  private static List<String> operations(
      ModelSpec spec, Normalization normalization, boolean flat, Path target) throws IOException {
    Preparation preparation =
        Networks.preparation(normalization, spec.variables(), LENGTH, 1.5, 1.5);
    export(spec, preparation, flat, target);
    return operations(read(target).getMetaGraphs(0).getGraphDef());
  }

  private static List<String> operations(GraphDef graph) {
    return graph.getNodeList().stream().map(NodeDef::getOp).toList();
  }

  static Stream<Arguments> graphs() {
    return Stream.of(
        graph(
            "'ReadFile' (operation 'ReadFile')",
            (tf, series) -> {
              tf.io.readFile(tf.constant("/etc/hostname"));
              return uniform(tf, series);
            }),
        graph(
            "'WriteFile'",
            (tf, series) -> {
              tf.io.writeFile(tf.constant(folder + "/written"), tf.constant("text"));
              return uniform(tf, series);
            }),
        graph("only operations that lstmfcn export writes, found 'RandomUniform'", RANDOM),
        graph(
            "floating-point numbers in 'Mul' (operation 'Mul'), found DT_INT32",
            (tf, series) ->
                tf.fill(
                    tf.math.mul(tf.shape(series), tf.constant(1000)), tf.constant(1f / CLASSES))),
        graph(
            "tensors of at most 16777216 values per series, found the shape [100000, 100000]",
            (tf, series) -> {
              tf.fill(tf.constant(new int[] {100_000, 100_000}), tf.constant(1f));
              return uniform(tf, series);
            }),
        graph(
            "a constant padding of at most 1024",
            (tf, series) ->
                tf.pad(
                    uniform(tf, series),
                    tf.constant(new int[][] {{1 << 30, 0}, {0, 0}}),
                    tf.constant(0f))),
        graph(
            "tensors of at most",
            (tf, series) -> {
              Operand<TInt32> size =
                  tf.slice(
                      tf.shape(series), tf.constant(new int[] {0}), tf.constant(new int[] {1}));
              tf.fill(tf.concat(List.of(size, size, size), tf.constant(0)), tf.constant(1f));
              return uniform(tf, series);
            }),
        graph(
            "a number beyond",
            (tf, series) -> {
              tf.unstack(tf.constant(new float[1 << 18]), (long) (1 << 18));
              return uniform(tf, series);
            }),
        graph(
            "a tensor probabilities of shape (-1, 4) in float32, found shape [-1, 3], DT_FLOAT",
            (tf, series) -> tf.reduceSum(series, tf.constant(2))),
        graph(
            "a tensor probabilities of shape (-1, 4) in float32, found shape [-1, 4], DT_DOUBLE",
            (tf, series) -> tf.dtypes.cast(uniform(tf, series), TFloat64.class)));
  }

  private static final Network RANDOM =
      (tf, series) -> tf.random.randomUniform(tf.constant(new int[] {5, CLASSES}), TFloat32.class);

  private interface Network {
    Operand<?> apply(Ops tf, Operand<TFloat32> series);
  }

  private static Arguments graph(String message, Network network) {
    return Arguments.of(message, network);
  }

  private static Operand<TFloat32> uniform(Ops tf, Operand<TFloat32> series) {
    Operand<TFloat32> zero =
        tf.math.mul(tf.reduceSum(series, tf.constant(new int[] {1, 2})), tf.constant(0f)); // (N)
    return tf.nn.softmax(
        tf.math.add(tf.expandDims(zero, tf.constant(1)), tf.constant(new float[CLASSES])));
  }

  @ParameterizedTest
  @MethodSource("graphs")
  void aGraphOfOtherMakingIsRefusedBeforeItIsRun(String message, Network network)
      throws IOException {
    Path target = with(network);

    assertThatThrownBy(() -> SavedModel.load(target).close())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(target + ": ")
        .hasMessageContaining(message);
    assertThat(folder.resolve("written")).doesNotExist();
  }

  @Test
  void theChannelsOfLongSeriesArePermittedAsTheSeriesAreFed() {
    ModelSpec spec =
        ModelSpec.of(ModelKind.FCN, 1, 100_000, CLASSES, 0, GateActivation.HARD_SIGMOID)
            .with(List.of(new ConvolutionBlock(256, 3)));
    ModelMetadata metadata =
        new ModelMetadata(
            spec, Preparation.none(100_000), LabelEncoding.SORTED, List.of(), Map.of());
    FoldedWeights weights = FoldedWeights.of(RandomWeights.of(spec, 1));
    GraphDef definition;
    try (Graph graph = new Graph()) {
      new ServedGraph(weights, metadata, InputShape.of(spec, true))
          .addTo(GraphScope.operations(graph));
      definition = graph.toGraphDef();
    }
    PermittedGraph permitted = new PermittedGraph(folder, definition);

    permitted.create(100_000).close();
    assertThatThrownBy(() -> permitted.create(10_000))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("at most 16777216 values per series, found the shape [-1, 1, 100000");
  }

  @Test
  void aTrustedExportHasFiniteWeightsToo() throws IOException {
    Path target = copy();
    org.tensorflow.proto.SavedModel.Builder model = read(target).toBuilder();
    weight(model, Float.NaN);
    write(target, model.build().toByteArray());

    assertThatThrownBy(
            () -> SavedModel.loadTrusted(target, Threads.DEFAULT, Precision.FLOAT32).close())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(target + ": ")
        .hasMessageContaining("found NaN in weights/conv1.kernel; export it again");
  }

  @Test
  void aTrustedGraphIsRunWhateverItHas() throws IOException {
    Path target =
        with(
            (tf, series) -> {
              tf.io.readFile(tf.constant("/etc/hostname"));
              return uniform(tf, series);
            });
    try (SavedModel model = SavedModel.loadTrusted(target, Threads.DEFAULT, Precision.FLOAT32)) {
      float equal = 1f / CLASSES;
      assertThat(model.probabilities(new float[1][VARIABLES * LENGTH], 1))
          .isDeepEqualTo(new float[][] {{equal, equal, equal, equal}});
    }
  }

  @Test
  void aGraphThatFailsWhenItRunsIsOneLine() throws IOException {
    // Out of bounds for fewer than four series, which no shape shows.
    Path failing =
        with(
            (tf, series) ->
                tf.slice(
                    uniform(tf, series),
                    tf.constant(new int[] {3, 0}),
                    tf.constant(new int[] {-1, CLASSES})));
    try (SavedModel loaded = SavedModel.load(failing)) {
      assertThatThrownBy(() -> loaded.probabilities(new float[2][VARIABLES * LENGTH], 2))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageStartingWith(failing + ": ");
    }
  }

  @Test
  void rowsThatAreNoProbabilitiesAreRefused() throws IOException {
    Path target = with((tf, series) -> tf.math.mul(uniform(tf, series), tf.constant(2f)));
    try (SavedModel loaded = SavedModel.load(target)) {
      assertThatThrownBy(() -> loaded.probabilities(new float[2][VARIABLES * LENGTH], 2))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("probabilities that sum to 1, found [0.5, 0.5, 0.5, 0.5]");
    }
  }

  static Stream<Arguments> edits() {
    return Stream.of(
        edit("one graph, found 2", model -> model.addMetaGraphs(model.getMetaGraphs(0))),
        edit("one graph, found 0", org.tensorflow.proto.SavedModel.Builder::clearMetaGraphs),
        edit(
            "a signature serving_default",
            model -> model.getMetaGraphsBuilder(0).clearSignatureDef()),
        edit(
            "no functions, found the function 'f'",
            model ->
                graph(model)
                    .getLibraryBuilder()
                    .addFunctionBuilder()
                    .getSignatureBuilder()
                    .setName("f")),
        edit("no device in", model -> graph(model).getNodeBuilder(0).setDevice("/job:other/cpu:0")),
        edit(
            "as many values as stated",
            model ->
                constant(
                    model,
                    tensor ->
                        tensor
                            .getTensorShapeBuilder()
                            .clearDim()
                            .addDimBuilder()
                            .setSize(1_000_000_000))),
        edit(
            "as many values as stated",
            model -> constant(model, tensor -> tensor.clearTensorContent())),
        edit("finite numbers in 'Const'", model -> weight(model, Float.NaN)),
        edit("found Infinity", model -> weight(model, Float.POSITIVE_INFINITY)),
        edit("a value in 'Const'", model -> constantNode(model).removeAttr("value")),
        edit(
            "a constant padding of at most 1024",
            model -> {
              graph(model).addNodeBuilder().setOp("PadV2").addInput("").addInput("after");
              graph(model).addNodeBuilder().setOp("Const").setName("after"); // without a value
            }),
        edit(
            "found a number beyond 131072 in 'axis'",
            model ->
                graph(model)
                    .getNodeBuilder(0)
                    .putAttr("axis", AttrValue.newBuilder().setI(Long.MIN_VALUE).build())),
        edit(
            "only operations that lstmfcn export writes",
            model -> graph(model).getNodeBuilder(1).setOp("\u001b[31mPyFunc\u202e")),
        edit(
            "a SavedModel that TensorFlow can run",
            model -> graph(model).getNodeBuilder(0).setName("-")),
        edit(
            "a SavedModel that TensorFlow can run",
            model -> graph(model).getNodeBuilder(5).addInput("nothing")),
        edit(
            "a tensor series in its signature and its graph, found 'other:0'",
            model -> signature(model, builder -> builder.setName("other:0"))));
  }

  private static Arguments edit(
      String message, Consumer<org.tensorflow.proto.SavedModel.Builder> edit) {
    return Arguments.of(message, edit);
  }

  private static GraphDef.Builder graph(org.tensorflow.proto.SavedModel.Builder model) {
    return model.getMetaGraphsBuilder(0).getGraphDefBuilder();
  }

  private static NodeDef.Builder constantNode(org.tensorflow.proto.SavedModel.Builder model) {
    return graph(model).getNodeBuilderList().stream()
        .filter(node -> node.getOp().equals("Const"))
        .filter(node -> node.getAttrOrThrow("value").getTensor().getTensorContent().size() > 4)
        .findFirst()
        .orElseThrow();
  }

  private static void constant(
      org.tensorflow.proto.SavedModel.Builder model, Consumer<TensorProto.Builder> edit) {
    var node = constantNode(model);
    var value = node.getAttrOrThrow("value").toBuilder();
    edit.accept(value.getTensorBuilder());
    node.putAttr("value", value.build());
  }

  /** Replaces the first weight of the first kernel. */
  private static void weight(org.tensorflow.proto.SavedModel.Builder model, float number) {
    NodeDef.Builder node =
        graph(model).getNodeBuilderList().stream()
            .filter(each -> each.getName().equals("weights/conv1.kernel"))
            .findFirst()
            .orElseThrow();
    AttrValue.Builder value = node.getAttrOrThrow("value").toBuilder();
    byte[] content = value.getTensor().getTensorContent().toByteArray();
    ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).putFloat(number);
    value.getTensorBuilder().setTensorContent(ByteString.copyFrom(content));
    node.putAttr("value", value.build());
  }

  private static void signature(
      org.tensorflow.proto.SavedModel.Builder model, Consumer<TensorInfo.Builder> edit) {
    MetaGraphDef.Builder graph = model.getMetaGraphsBuilder(0);
    var signature = graph.getSignatureDefOrThrow("serving_default").toBuilder();
    var input = signature.getInputsOrThrow("series").toBuilder();
    edit.accept(input);
    graph.putSignatureDef("serving_default", signature.putInputs("series", input.build()).build());
  }

  @ParameterizedTest
  @MethodSource("edits")
  void aChangedFileIsRefused(String message, Consumer<org.tensorflow.proto.SavedModel.Builder> edit)
      throws IOException {
    Path target = copy();
    org.tensorflow.proto.SavedModel.Builder model = read(target).toBuilder();
    edit.accept(model);
    write(target, model.build().toByteArray());

    assertThatThrownBy(() -> SavedModel.load(target).close())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(target + ": ")
        .hasMessageContaining(message);
  }

  static Stream<Function<byte[], byte[]>> damages() {
    return Stream.of(
        bytes -> new byte[0],
        bytes -> Arrays.copyOf(bytes, bytes.length - 1),
        bytes -> Arrays.copyOf(bytes, bytes.length / 2),
        bytes -> new byte[] {0x13, 0x13, 0x13}, // groups in groups
        bytes -> "<html>no model</html>".getBytes(StandardCharsets.UTF_8),
        bytes -> nested(),
        bytes -> ByteString.copyFrom(new byte[1 << 24]).toByteArray());
  }

  /** A message in a message in a message, by a field of attributes. */
  private static byte[] nested() {
    var value = AttrValue.newBuilder();
    for (int depth = 0; depth < 60; depth++) {
      var function = NameAttrList.newBuilder().putAttr("f", value.build());
      value = AttrValue.newBuilder().setFunc(function);
    }
    org.tensorflow.proto.SavedModel.Builder model = org.tensorflow.proto.SavedModel.newBuilder();
    graph(model.addMetaGraphs(MetaGraphDef.newBuilder()))
        .addNodeBuilder()
        .setOp("Identity")
        .putAttr("a", value.build());
    return model.build().toByteArray();
  }

  @ParameterizedTest
  @MethodSource("damages")
  void aDamagedFileIsRefused(Function<byte[], byte[]> damage) throws IOException {
    Path target = copy();
    write(target, damage.apply(Files.readAllBytes(target.resolve(SavedModelFile.NAME))));

    assertThatThrownBy(() -> SavedModel.load(target).close())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(target + ": ");
  }

  @ParameterizedTest
  @ValueSource(strings = {SavedModelExport.PROVENANCE, SavedModelExport.LABELS})
  void hugeFilesBesideTheGraphAreRefusedBeforeTheyAreRead(String name) throws IOException {
    Path target = copy();
    Path file = target.resolve(SavedModelExport.EXTRA).resolve(name);
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(1L << 40);
    }
    assertThatThrownBy(() -> SavedModel.load(target).close())
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            target
                + ": expected readable labels and provenance, found more than 16 MiB; export it "
                + "again");
  }

  private static Path copy() throws IOException {
    Path target = Files.createTempDirectory(folder, "copy");
    Path extra = Files.createDirectory(target.resolve(SavedModelExport.EXTRA));
    Files.copy(honest.resolve(SavedModelFile.NAME), target.resolve(SavedModelFile.NAME));
    Files.copy(
        honest.resolve(SavedModelExport.EXTRA).resolve(SavedModelExport.PROVENANCE),
        extra.resolve(SavedModelExport.PROVENANCE));
    return target;
  }

  private static org.tensorflow.proto.SavedModel read(Path target) throws IOException {
    return org.tensorflow.proto.SavedModel.parseFrom(
        Files.readAllBytes(target.resolve(SavedModelFile.NAME)));
  }

  private static void write(Path target, byte[] bytes) throws IOException {
    Files.write(target.resolve(SavedModelFile.NAME), bytes);
  }

  /** A copy of the honest model with another graph under its signature. */
  private static Path with(Network network) throws IOException {
    Path target = copy();
    org.tensorflow.proto.SavedModel.Builder model = read(target).toBuilder();
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Operand<TFloat32> series =
          tf.withName("series")
              .placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, VARIABLES, LENGTH)));
      String output = network.apply(tf, series).op().name();
      MetaGraphDef.Builder meta = model.getMetaGraphsBuilder(0).setGraphDef(graph.toGraphDef());
      var signature = meta.getSignatureDefOrThrow("serving_default").toBuilder();
      signature.clearOutputs();
      signature
          .putInputs(
              "series",
              signature.getInputsOrThrow("series").toBuilder().setName("series:0").build())
          .putOutputs(
              "probabilities",
              TensorInfo.newBuilder().setName(output + ":0").setDtype(DataType.DT_FLOAT).build());
      meta.putSignatureDef("serving_default", signature.build());
    }
    write(target, model.build().toByteArray());
    return target;
  }
}
