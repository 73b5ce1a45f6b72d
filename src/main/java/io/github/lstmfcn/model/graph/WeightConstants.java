package io.github.lstmfcn.model.graph;

import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.WeightArray;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;
import org.tensorflow.types.TFloat32;

/** Arrays as constants of a graph, named after them: {@code weights/conv1.kernel}. */
public final class WeightConstants {
  private static final String SCOPE = "weights";

  private WeightConstants() {}

  /** The arrays as constants of a graph, each created when it is first requested. */
  static Function<String, Operand<TFloat32>> of(Ops tf, Map<String, WeightArray> arrays) {
    Ops scope = tf.withSubScope(SCOPE);
    Map<String, Operand<TFloat32>> constants = new LinkedHashMap<>();
    return name ->
        constants.computeIfAbsent(
            name,
            key -> {
              WeightArray array = arrays.get(key);
              return scope
                  .withName(nameOf(key))
                  .constant(shape(array.shape()), DataBuffers.of(array.values(), true, false));
            });
  }

  /**
   * Reads the weights of a graph of {@link InferenceLayers} with direct convolutions.
   *
   * @return empty if a constant is missing or has another type or shape
   * @throws IllegalArgumentException if a value is not finite; the message is what was found
   */
  public static Optional<FoldedWeights> read(ModelSpec spec, GraphDef graph) {
    Map<String, NodeDef> constants =
        graph.getNodeList().stream()
            .filter(WeightConstants::isOne)
            .collect(Collectors.toMap(NodeDef::getName, node -> node, (first, second) -> first));
    Map<String, WeightArray> arrays = new LinkedHashMap<>();
    for (Map.Entry<String, int[]> entry : FoldedWeights.shapes(spec).entrySet()) {
      NodeDef constant = constants.get(SCOPE + "/" + nameOf(entry.getKey()));
      float[] values =
          constant == null
              ? null
              : values(constant.getAttrOrThrow("value").getTensor(), entry.getValue());
      if (values == null) {
        return Optional.empty();
      }
      checkFinite(constant.getName(), values);
      arrays.put(entry.getKey(), new WeightArray(entry.getValue(), values));
    }
    return Optional.of(new FoldedWeights(spec, arrays));
  }

  private static void checkFinite(String name, float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new IllegalArgumentException(value + " in " + name);
      }
    }
  }

  /** Whether an operation is a constant with the name of an array. */
  public static boolean isOne(NodeDef node) {
    return node.getOp().equals("Const")
        && node.getName().startsWith(SCOPE + "/")
        && node.containsAttr("value");
  }

  private static String nameOf(String array) {
    return array.replace('/', '.');
  }

  private static Shape shape(int[] dimensions) {
    return Shape.of(Arrays.stream(dimensions).asLongStream().toArray());
  }

  /** The values of a tensor of a shape, before which it may have a dimension of 1; or null. */
  private static float[] values(TensorProto tensor, int[] shape) {
    long[] dimensions =
        tensor.getTensorShape().getDimList().stream()
            .mapToLong(TensorShapeProto.Dim::getSize)
            .toArray();
    if (dimensions.length == shape.length + 1 && dimensions[0] == 1) {
      dimensions = Arrays.copyOfRange(dimensions, 1, dimensions.length);
    }
    boolean packed = !tensor.getTensorContent().isEmpty();
    int count = packed ? tensor.getTensorContent().size() / Float.BYTES : tensor.getFloatValCount();
    double expected = 1; // far beyond the range of whole numbers in a damaged file
    for (long dimension : dimensions) {
      expected *= dimension;
    }
    if (tensor.getDtype() != DataType.DT_FLOAT
        || !Arrays.equals(dimensions, Arrays.stream(shape).asLongStream().toArray())
        || count != expected) {
      return null;
    }
    float[] values = new float[count];
    if (packed) {
      tensor
          .getTensorContent()
          .asReadOnlyByteBuffer()
          .order(ByteOrder.LITTLE_ENDIAN)
          .asFloatBuffer()
          .get(values);
    } else {
      for (int index = 0; index < count; index++) {
        values[index] = tensor.getFloatVal(index);
      }
    }
    return values;
  }
}
