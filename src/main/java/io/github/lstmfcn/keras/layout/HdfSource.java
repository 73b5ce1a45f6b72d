package io.github.lstmfcn.keras.layout;

import io.github.lstmfcn.error.InvalidInputException;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.exceptions.HdfException;
import io.jhdf.object.datatype.FloatingPoint;
import io.jhdf.object.datatype.OpaqueDataType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What layouts read from an HDF5 file, with a check of every claimed size before memory is taken.
 *
 * @param file for messages
 * @param bytes how long the HDF5 data really is
 */
public record HdfSource(Path file, long bytes) {
  private static final String FLOATS = "weights in float16, float32 or float64";

  /** Bits, those of the exponent, those of the mantissa. */
  private static final Set<String> IEEE = Set.of("16 5 10", "32 8 23", "64 11 52");

  /**
   * Weights do not compress, but for those that are still all zeros: a bias, and these are short.
   */
  private static final long MAXIMUM_COMPRESSION = 100;

  private static final long MAXIMUM_SHORT = 16 << 20;

  /**
   * The strings of an attribute; Keras splits one that is longer than 64 kB into numbered ones,
   * from 0. Empty if there is none.
   */
  public List<String> strings(Node node, String name) {
    if (node.getAttributes().containsKey(name)) {
      return strings(node.getAttribute(name));
    }
    List<String> all = new ArrayList<>();
    for (int chunk = 0; node.getAttributes().containsKey(name + chunk); chunk++) {
      all.addAll(strings(node.getAttribute(name + chunk)));
    }
    return all;
  }

  Optional<String> string(Node node, String name) {
    return strings(node, name).stream().findFirst();
  }

  private List<String> strings(Attribute attribute) {
    if (attribute.isEmpty() || attribute.getSize() == 0) {
      return List.of();
    }
    if (attribute.getSize() > bytes) {
      throw new InvalidInputException(
          file,
          "attribute " + attribute.getName(),
          "at most " + bytes + " strings in a file of as many bytes",
          attribute.getSize() + " claimed",
          "the file is damaged");
    }
    Object data = attribute.getData();
    if (data instanceof String text) {
      return List.of(text);
    }
    if (data instanceof String[] texts) {
      return List.of(texts);
    }
    throw new InvalidInputException(
        file,
        "attribute " + attribute.getName(),
        "strings",
        data == null ? "nothing" : data.getClass().getSimpleName(),
        "");
  }

  /**
   * What a group holds, by name.
   *
   * @param path for messages
   */
  Map<String, Node> children(Group group, String path) {
    try {
      return group.getChildren();
    } catch (HdfException unreadable) {
      if (!isOpaque(unreadable)) {
        throw unreadable;
      }
      throw new InvalidInputException(
          file,
          path.isEmpty() ? "" : "layer " + path,
          FLOATS,
          "arrays of an opaque type, which is how Keras writes bfloat16",
          "save the model with float32 weights",
          unreadable);
    }
  }

  /** jhdf cannot read the type's name as h5py writes it. */
  private static boolean isOpaque(Throwable unreadable) {
    for (Throwable cause = unreadable; cause != null; cause = cause.getCause()) {
      for (StackTraceElement frame : cause.getStackTrace()) {
        if (frame.getClassName().equals(OpaqueDataType.class.getName())) {
          return true;
        }
      }
    }
    return false;
  }

  /** The dataset at a path below a group. */
  KerasArray array(Group group, String layer, String path) {
    Node node = group;
    for (String name : path.split("/", -1)) {
      node = node instanceof Group inner ? children(inner, layer).get(name) : null;
    }
    if (node == null) {
      throw new InvalidInputException(
          file, "layer " + layer, "a dataset " + path, "none", "the file is incomplete");
    }
    if (!(node instanceof Dataset dataset)) {
      throw new InvalidInputException(
          file, "layer " + layer, "a dataset " + path, "a group", "the file is incomplete");
    }
    return array(dataset, layer, path);
  }

  KerasArray array(Dataset dataset, String layer, String name) {
    String place = "layer " + layer + ", " + name;
    int[] shape = dataset.getDimensions();
    long limit =
        dataset.getFilters().isEmpty()
            ? bytes
            : Math.max(MAXIMUM_SHORT, bytes * MAXIMUM_COMPRESSION);
    long claimed = size(dataset, place);
    for (int dimension : shape) {
      claimed = dimension < 0 ? Long.MAX_VALUE : saturatedProduct(claimed, dimension);
    }
    if (claimed > limit) {
      throw new InvalidInputException(
          file,
          place,
          "an array that fits into " + bytes + " bytes",
          "a claimed shape of " + Arrays.toString(shape),
          "the file is damaged");
    }
    Object flat = shape.length == 0 ? dataset.getData() : dataset.getDataFlat();
    return new KerasArray(name, shape, floats(flat));
  }

  /** Bytes of an element, if it is of a type that is read exactly or nearly so. */
  private long size(Dataset dataset, String place) {
    if (dataset.isEmpty()) {
      throw new InvalidInputException(file, place, "floating-point weights", "no data", "");
    }
    if (!(dataset.getDataType() instanceof FloatingPoint type)) {
      throw new InvalidInputException(
          file, place, "floating-point weights", dataset.getJavaType().getSimpleName(), "");
    }
    String layout =
        type.getSize() * 8 + " " + type.getExponentSize() + " " + type.getMantissaSize();
    if (!IEEE.contains(layout)) {
      boolean bfloat16 = layout.equals("16 8 7");
      throw new InvalidInputException(
          file,
          place,
          FLOATS,
          bfloat16 ? "bfloat16" : "a floating-point type of " + type.getSize() * 8 + " bits",
          "save the model with float32 weights");
    }
    return type.getSize();
  }

  private static long saturatedProduct(long a, long b) {
    return b != 0 && a > Long.MAX_VALUE / b ? Long.MAX_VALUE : a * b;
  }

  private static float[] floats(Object flat) {
    if (flat instanceof float[] floats) {
      return floats;
    }
    if (!(flat instanceof double[] doubles)) {
      return new float[] {((Number) flat).floatValue()}; // a scalar
    }
    float[] values = new float[doubles.length];
    for (int index = 0; index < values.length; index++) {
      values[index] = (float) doubles[index];
    }
    return values;
  }
}
