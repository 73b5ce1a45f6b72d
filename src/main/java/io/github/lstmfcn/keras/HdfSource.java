package io.github.lstmfcn.keras;

import io.github.lstmfcn.data.InvalidInputException;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What layouts read from an HDF5 file, with a check of every claimed size before memory is taken.
 *
 * @param file for messages
 * @param bytes how long the HDF5 data really is
 */
record HdfSource(Path file, long bytes) {
  /** Deflate cannot shrink more than this, so no honest dataset claims more. */
  private static final long MAXIMUM_COMPRESSION = 1032;

  /**
   * The strings of an attribute; Keras splits one that is longer than 64 kB into numbered ones,
   * from 0. Empty if there is none.
   */
  List<String> strings(Node node, String name) {
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

  /** The dataset at a path below a group. */
  KerasArray array(Group group, String layer, String path) {
    Node node;
    try {
      node = group.getByPath(path);
    } catch (RuntimeException missing) {
      throw new InvalidInputException(
          file, "layer " + layer, "a dataset " + path, "none", "the file is incomplete", missing);
    }
    if (!(node instanceof Dataset dataset)) {
      throw new InvalidInputException(
          file, "layer " + layer, "a dataset " + path, "a group", "the file is incomplete");
    }
    return array(dataset, layer, path);
  }

  KerasArray array(Dataset dataset, String layer, String name) {
    String place = "layer " + layer + ", " + name;
    Class<?> type = dataset.isEmpty() ? null : dataset.getJavaType();
    if (type != float.class && type != double.class) {
      throw new InvalidInputException(
          file, place, "floating-point weights", type == null ? "no data" : type.toString(), "");
    }
    int[] shape = dataset.getDimensions();
    long limit = dataset.getFilters().isEmpty() ? bytes : bytes * MAXIMUM_COMPRESSION;
    long claimed = type == double.class ? 8 : 4;
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
    Object flat = dataset.getDataFlat();
    float[] values = flat instanceof double[] doubles ? floats(doubles) : (float[]) flat;
    return new KerasArray(name, shape, values);
  }

  private static long saturatedProduct(long a, long b) {
    return b != 0 && a > Long.MAX_VALUE / b ? Long.MAX_VALUE : a * b;
  }

  private static float[] floats(double[] doubles) {
    float[] values = new float[doubles.length];
    for (int index = 0; index < values.length; index++) {
      values[index] = (float) doubles[index];
    }
    return values;
  }
}
