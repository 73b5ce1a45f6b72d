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
 * Reads an HDF5 file for the layouts, and checks every size that the file states before memory is
 * allocated.
 *
 * @param file the file, for messages
 * @param bytes the actual number of bytes of HDF5 data
 */
public record HdfSource(Path file, long bytes) {
  private static final String FLOATS = "weights in float16, float32 or float64";

  /** The numbers of bits of IEEE types: of all, of the exponent, of the mantissa. */
  private static final Set<String> IEEE = Set.of("16 5 10", "32 8 23", "64 11 52");

  /**
   * The largest compression ratio of an array. Weights do not compress unless they are still all
   * zeros, as a bias may be, and such arrays are short.
   */
  private static final long MAXIMUM_COMPRESSION = 100;

  private static final long MAXIMUM_SHORT = 16 << 20;

  /**
   * The strings of an attribute; empty if there is none. Keras splits an attribute that is longer
   * than 64 kB into several that are numbered from 0.
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
          "at most " + bytes + " strings in a file of " + bytes + " bytes",
          "a stated number of " + attribute.getSize(),
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
   * The children of a group, by name.
   *
   * @param path the path of the group, for messages
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

  /** Whether jhdf failed on an opaque type, whose name it cannot read as h5py writes it. */
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

  /** Reads the dataset at a path below a group. */
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
    long stated = size(dataset, place);
    for (int dimension : shape) {
      stated = dimension < 0 ? Long.MAX_VALUE : saturatedProduct(stated, dimension);
    }
    if (stated > limit) {
      throw new InvalidInputException(
          file,
          place,
          "an array that fits in " + bytes + " bytes",
          "a stated shape of " + Arrays.toString(shape),
          "the file is damaged");
    }
    Object flat = shape.length == 0 ? dataset.getData() : dataset.getDataFlat();
    return new KerasArray(name, shape, floats(flat));
  }

  /** The number of bytes of an element, if its type can be read exactly or nearly so. */
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
