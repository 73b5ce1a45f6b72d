package io.github.lstmfcn.export;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.text.NumberText;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;
import org.tensorflow.types.TString;

/**
 * The graph of a SavedModel that may be run although its file is not trusted: it has only
 * operations that {@link SavedModelExport} writes, or wrote when it exported minimal filtering,
 * none of which reads or writes anything but tensors, and no tensor in it can be much larger than
 * its file or the series that are fed.
 *
 * @param folder the folder of the SavedModel, for messages
 * @param definition the graph
 */
record PermittedGraph(Path folder, GraphDef definition) {
  /** What changes the shape or the place of values, whatever their type. */
  private static final Set<String> STRUCTURAL =
      Set.of(
          "ArgMax",
          "Cast",
          "ConcatV2",
          "Const",
          "ExpandDims",
          "Fill",
          "GatherV2",
          "Identity",
          "NoOp",
          "PadV2",
          "Placeholder",
          "Reshape",
          "SelectV2",
          "Shape",
          "Slice",
          "Split",
          "Squeeze",
          "StopGradient",
          "Transpose",
          "Unpack",
          "ZerosLike");

  /** What computes with truth values. */
  private static final Set<String> LOGICAL =
      Set.of("All", "Any", "LogicalAnd", "LogicalNot", "LogicalOr");

  /** What computes; with whole numbers it could compute the size of a tensor. */
  private static final Set<String> ARITHMETIC =
      Set.of(
          "Abs",
          "Add",
          "BatchMatMulV3",
          "BiasAdd",
          "ClipByValue",
          "Conv2D",
          "Div",
          "DivNoNan",
          "Equal",
          "IsNan",
          "LessEqual",
          "MatMul",
          "Max",
          "Mean",
          "Mul",
          "NotEqual",
          "Relu",
          "Sigmoid",
          "Softmax",
          "Sqrt",
          "SquaredDifference",
          "Sub",
          "Sum",
          "Tanh");

  private static final Set<DataType> FLOATS = Set.of(DataType.DT_FLOAT, DataType.DT_DOUBLE);

  private static final Map<DataType, Integer> BYTES =
      Map.of(
          DataType.DT_BOOL, 1,
          DataType.DT_INT32, 4,
          DataType.DT_INT64, 8,
          DataType.DT_FLOAT, 4,
          DataType.DT_DOUBLE, 8);

  private static final int MOST_NODES = 1 << 19;

  /** The largest number in an attribute: the outputs of an {@code Unpack}, an axis. */
  private static final long LARGEST_NUMBER = 1 << 17;

  private static final int LARGEST_PADDING = 1 << 10;

  /** The most values of a tensor per series of few values, or in all if it depends on none. */
  private static final long MOST_VALUES = 1 << 24;

  /** The most values of a tensor for each value of a series: twice the filters of the papers. */
  private static final long MOST_CHANNELS = 512;

  /** The names of all operations that may be in a graph. */
  static Set<String> operations() {
    Set<String> all = new TreeSet<>(STRUCTURAL);
    all.addAll(LOGICAL);
    all.addAll(ARITHMETIC);
    return all;
  }

  /**
   * Creates the graph, which the caller closes.
   *
   * @param size the number of values of each series that is fed
   * @throws InvalidInputException if it has other operations or tensors that are too large
   */
  Graph create(long size) {
    check();
    Graph graph = new Graph();
    try {
      graph.importGraphDef(definition);
      checkShapes(graph, size);
      return graph;
    } catch (RuntimeException refused) {
      graph.close();
      throw refused;
    }
  }

  /** Checks the graph as far as this is possible without TensorFlow. */
  void check() {
    if (definition.getLibrary().getFunctionCount() > 0) {
      throw refused("no functions", "the function " + functionName());
    }
    if (definition.getNodeCount() > MOST_NODES) {
      throw refused("at most " + MOST_NODES + " operations", definition.getNodeCount() + "");
    }
    Map<String, NodeDef> byName = new HashMap<>();
    definition.getNodeList().forEach(node -> byName.put(node.getName(), node));
    for (NodeDef node : definition.getNodeList()) {
      checkOperation(node);
      node.getAttrMap().forEach((name, value) -> checkAttribute(node, name, value));
      if (node.getOp().equals("Const")) {
        checkContent(node, node.getAttrOrThrow("value").getTensor());
      } else if (node.getOp().equals("PadV2")) {
        checkPadding(node, node.getInputCount() < 2 ? null : byName.get(node.getInput(1)));
      }
    }
  }

  private String functionName() {
    return NumberText.shown(definition.getLibrary().getFunction(0).getSignature().getName());
  }

  private void checkOperation(NodeDef node) {
    String operation = node.getOp();
    if (ARITHMETIC.contains(operation)) {
      String attribute = operation.equals("BatchMatMulV3") ? "Ta" : "T";
      DataType type = node.getAttrOrDefault(attribute, AttrValue.getDefaultInstance()).getType();
      if (!FLOATS.contains(type)) {
        throw refused("floating-point numbers in " + described(node), "" + type);
      }
    } else if (!STRUCTURAL.contains(operation) && !LOGICAL.contains(operation)) {
      throw refused("only operations that lstmfcn export writes", described(node));
    }
    if (operation.equals("Cast")) {
      DataType type = node.getAttrOrDefault("DstT", AttrValue.getDefaultInstance()).getType();
      if (!FLOATS.contains(type)) {
        throw refused("floating-point numbers from " + described(node), "" + type);
      }
    }
    if (operation.equals("Const") && !node.containsAttr("value")) {
      throw refused("a value in " + described(node), "none");
    }
    if (!node.getDevice().isEmpty()) {
      throw refused(
          "no device in " + described(node), "the device " + NumberText.shown(node.getDevice()));
    }
  }

  private void checkAttribute(NodeDef node, String name, AttrValue value) {
    boolean function = value.hasFunc() || value.getList().getFuncCount() > 0;
    boolean large =
        isLarge(value.getI())
            || value.getList().getIList().stream().anyMatch(PermittedGraph::isLarge);
    if (function || large) {
      throw refused(
          "an attribute as lstmfcn export writes it",
          (function ? "a function in " : "a number beyond " + LARGEST_NUMBER + " in ")
              + NumberText.shown(name)
              + " of "
              + described(node));
    }
  }

  private static boolean isLarge(long number) {
    return number > LARGEST_NUMBER || number < -LARGEST_NUMBER;
  }

  /** Checks that a constant has as many values as it states. */
  private void checkContent(NodeDef node, TensorProto tensor) {
    long stated = 1;
    for (TensorShapeProto.Dim dimension : tensor.getTensorShape().getDimList()) {
      long size = dimension.getSize();
      stated = size < 0 || size > MOST_VALUES ? Long.MAX_VALUE : saturatedProduct(stated, size);
    }
    boolean packedTexts =
        tensor.getDtype() == DataType.DT_STRING && !tensor.getTensorContent().isEmpty();
    boolean given =
        packedTexts // at least the length of each
            ? stated <= tensor.getTensorContent().size()
            : stated == given(tensor);
    if (stated > MOST_VALUES || !given) {
      throw refused(
          "as many values as stated, and at most " + MOST_VALUES + ", in " + described(node),
          given(tensor) + " values for a stated shape of " + shape(tensor));
    }
    if (tensor.getTensorShape().getDimCount() > 0) { // NaN and infinity alone are for no answer
      checkNumbers(node, tensor);
    }
  }

  private void checkNumbers(NodeDef node, TensorProto tensor) {
    OptionalDouble other = numbers(tensor).filter(value -> !Double.isFinite(value)).findFirst();
    if (other.isPresent()) {
      throw new InvalidInputException(
          folder,
          SavedModelFile.NAME,
          "finite numbers in " + described(node),
          "" + other.getAsDouble(),
          "export it again");
    }
  }

  /** The values of floating-point numbers; none of other types. */
  private static DoubleStream numbers(TensorProto tensor) {
    ByteBuffer packed = tensor.getTensorContent().asReadOnlyByteBuffer();
    packed.order(ByteOrder.LITTLE_ENDIAN);
    if (tensor.getDtype() == DataType.DT_FLOAT) {
      FloatBuffer values = packed.asFloatBuffer();
      return DoubleStream.concat(
          IntStream.range(0, values.limit()).mapToDouble(values::get),
          tensor.getFloatValList().stream().mapToDouble(Float::doubleValue));
    }
    if (tensor.getDtype() == DataType.DT_DOUBLE) {
      DoubleBuffer values = packed.asDoubleBuffer();
      return DoubleStream.concat(
          IntStream.range(0, values.limit()).mapToDouble(values::get),
          tensor.getDoubleValList().stream().mapToDouble(Double::doubleValue));
    }
    return DoubleStream.empty();
  }

  private static long given(TensorProto tensor) {
    Integer bytes = BYTES.get(tensor.getDtype());
    if (bytes != null && !tensor.getTensorContent().isEmpty()) {
      return tensor.getTensorContent().size() / bytes;
    }
    return switch (tensor.getDtype()) {
      case DT_BOOL -> tensor.getBoolValCount();
      case DT_INT32 -> tensor.getIntValCount();
      case DT_INT64 -> tensor.getInt64ValCount();
      case DT_FLOAT -> tensor.getFloatValCount();
      case DT_DOUBLE -> tensor.getDoubleValCount();
      case DT_STRING -> tensor.getStringValCount();
      default -> -1;
    };
  }

  private static String shape(TensorProto tensor) {
    return Arrays.toString(
        tensor.getTensorShape().getDimList().stream()
            .limit(8)
            .mapToLong(TensorShapeProto.Dim::getSize)
            .toArray());
  }

  /** Checks that what is added to a tensor is few constants of values. */
  private void checkPadding(NodeDef node, NodeDef paddings) {
    boolean small = paddings != null && paddings.getOp().equals("Const");
    if (small) {
      TensorProto tensor =
          paddings.getAttrOrDefault("value", AttrValue.getDefaultInstance()).getTensor();
      small = tensor.getDtype() == DataType.DT_INT32;
      var content = tensor.getTensorContent().asReadOnlyByteBuffer();
      content.order(ByteOrder.LITTLE_ENDIAN);
      while (small && content.remaining() >= Integer.BYTES) {
        small = content.getInt() <= LARGEST_PADDING;
      }
      small &= tensor.getIntValList().stream().allMatch(size -> size <= LARGEST_PADDING);
    }
    if (!small) {
      throw refused(
          "a constant padding of at most " + LARGEST_PADDING, "another in " + described(node));
    }
  }

  /** Checks the sizes that TensorFlow infers for all tensors. */
  private void checkShapes(Graph graph, long size) {
    for (Iterator<GraphOperation> each = graph.operations(); each.hasNext(); ) {
      GraphOperation operation = each.next();
      for (int index = 0; index < operation.numOutputs(); index++) {
        Output<?> output = operation.output(index);
        if (!output.type().equals(TString.class)) {
          checkShape(operation, output.shape(), size);
        }
      }
    }
  }

  private void checkShape(GraphOperation operation, Shape shape, long size) {
    long known = 1;
    int unknown = 0;
    if (!shape.isUnknown()) {
      for (long dimension : shape.asArray()) {
        known = dimension < 0 ? known : saturatedProduct(known, dimension);
        unknown += dimension < 0 ? 1 : 0;
      }
    }
    long most = unknown == 0 ? MOST_VALUES : Math.max(MOST_VALUES, MOST_CHANNELS * size);
    if (shape.isUnknown() || unknown > 1 || known > most) {
      throw refused(
          "tensors of at most " + most + " values per series",
          "the shape %s in operation %s (%s)"
              .formatted(
                  shape, NumberText.shown(operation.name()), NumberText.shown(operation.type())));
    }
  }

  private static long saturatedProduct(long a, long b) {
    return b != 0 && a > Long.MAX_VALUE / b ? Long.MAX_VALUE : a * b;
  }

  private static String described(NodeDef node) {
    return "%s (operation %s)"
        .formatted(NumberText.shown(node.getOp()), NumberText.shown(node.getName()));
  }

  private InvalidInputException refused(String expected, String found) {
    return new InvalidInputException(
        folder,
        SavedModelFile.NAME,
        expected,
        found,
        "loading other SavedModels can read and write files: if you trust this one, use --trust");
  }
}
