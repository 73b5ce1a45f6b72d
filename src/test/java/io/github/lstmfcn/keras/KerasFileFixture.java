package io.github.lstmfcn.keras;

import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.model.ModelWeights;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.lang.reflect.Array;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Builds the weight files that the versions of Keras leave behind, and broken ones. */
public final class KerasFileFixture {

  /**
   * An array of a layer.
   *
   * @param name its path below the layer's group
   */
  record NamedArray(String name, int[] shape, float[] values) {
    NamedArray shaped(int... other) {
      return new NamedArray(name, other, values);
    }

    NamedArray named(String other) {
      return new NamedArray(other, shape, values);
    }
  }

  private final Map<String, List<NamedArray>> layers = new LinkedHashMap<>();
  private final Map<String, String> attributes = new LinkedHashMap<>();
  private int layerNameChunks;
  private String config;

  private KerasFileFixture() {}

  /** Keras 2's weights of a model: {@code conv1d_1}, …, {@code lstm_1}, {@code dense_1}. */
  static KerasFileFixture keras2(ModelWeights weights) {
    KerasFileFixture file = new KerasFileFixture();
    for (int block = 1; block <= 3; block++) {
      file.add("conv1d_" + block, arrays(weights, "conv" + block));
      file.add("batch_normalization_" + block, arrays(weights, "bn" + block));
    }
    String recurrent = weights.spec().kind() == ModelKind.ALSTM_FCN ? "attention_lstm_1" : "lstm_1";
    file.add(recurrent, arrays(weights, "lstm"));
    file.add("dense_1", arrays(weights, "dense"));
    file.layers.replaceAll((layer, a) -> renamed(a, name -> layer + "/" + name + ":0"));
    return file.version("2.0.8").backend("tensorflow");
  }

  /**
   * Keras 1's: kernels of rank 4, the LSTM's gates in arrays of their own in the order i, c, f, o,
   * datasets straight in their layer's group.
   */
  static KerasFileFixture keras1(ModelWeights weights) {
    KerasFileFixture file = keras2(weights).version("1.2.2");
    for (int block = 1; block <= 3; block++) {
      List<NamedArray> conv = file.layers.remove("conv1d_" + block);
      int[] shape = conv.get(0).shape();
      conv.set(0, conv.get(0).shaped(shape[0], 1, shape[1], shape[2]));
      file.add("convolution1d_" + block, conv);
      file.add("batchnormalization_" + block, file.layers.remove("batch_normalization_" + block));
    }
    List<NamedArray> lstm = file.layers.remove("lstm_1");
    List<NamedArray> gates = new ArrayList<>();
    for (char gate : new char[] {'i', 'c', 'f', 'o'}) {
      int column = "ifco".indexOf(gate);
      gates.add(block(lstm.get(0), column).named("W_" + gate));
      gates.add(block(lstm.get(1), column).named("U_" + gate));
      gates.add(block(lstm.get(2), column).named("b_" + gate));
    }
    file.add("lstm_1", gates);
    file.add("dense_1", file.layers.remove("dense_1"));
    file.layers.replaceAll(
        (layer, arrays) -> renamed(arrays, name -> layer + "_" + name.replaceAll(".*/|:0", "")));
    return file;
  }

  /** A quarter of the last axis. */
  private static NamedArray block(NamedArray array, int quarter) {
    int[] shape = array.shape().clone();
    int width = shape[shape.length - 1];
    shape[shape.length - 1] = width / 4;
    float[] values = new float[array.values().length / 4];
    for (int index = 0; index < values.length; index++) {
      int row = index / (width / 4);
      values[index] = array.values()[row * width + quarter * (width / 4) + index % (width / 4)];
    }
    return new NamedArray(array.name(), shape, values);
  }

  static List<NamedArray> arrays(ModelWeights weights, String place) {
    List<NamedArray> arrays = new ArrayList<>();
    weights
        .arrays()
        .forEach(
            (name, array) -> {
              if (name.startsWith(place + "/")) {
                arrays.add(
                    new NamedArray(
                        name.substring(place.length() + 1), array.shape(), array.values()));
              }
            });
    return arrays;
  }

  static List<NamedArray> renamed(List<NamedArray> arrays, UnaryOperator<String> name) {
    return new ArrayList<>(arrays.stream().map(a -> a.named(name.apply(a.name()))).toList());
  }

  KerasFileFixture add(String layer, List<NamedArray> arrays) {
    layers.put(layer, new ArrayList<>(arrays));
    return this;
  }

  KerasFileFixture remove(String layer) {
    layers.remove(layer);
    return this;
  }

  List<NamedArray> layer(String layer) {
    return layers.get(layer);
  }

  /** Another name for a layer's group; its arrays keep theirs. */
  KerasFileFixture rename(String layer, String other) {
    Map<String, List<NamedArray>> old = new LinkedHashMap<>(layers);
    layers.clear();
    old.forEach((name, arrays) -> layers.put(name.equals(layer) ? other : name, arrays));
    return this;
  }

  KerasFileFixture renameArrays(UnaryOperator<String> name) {
    layers.replaceAll((layer, arrays) -> renamed(arrays, name));
    return this;
  }

  /** Replaces an array of a layer. */
  KerasFileFixture change(String layer, int array, UnaryOperator<NamedArray> change) {
    layers.get(layer).set(array, change.apply(layers.get(layer).get(array)));
    return this;
  }

  /** Another order of the layers: those named first, the others behind them as they are. */
  KerasFileFixture order(String... first) {
    Map<String, List<NamedArray>> old = new LinkedHashMap<>(layers);
    layers.clear();
    Arrays.asList(first).forEach(name -> layers.put(name, old.get(name)));
    old.forEach(layers::putIfAbsent);
    return this;
  }

  /** The root's {@code keras_version}; null for none. */
  KerasFileFixture version(String version) {
    attributes.put("keras_version", version);
    return this;
  }

  /** The root's {@code backend}; null for none. */
  KerasFileFixture backend(String backend) {
    attributes.put("backend", backend);
    return this;
  }

  /** Splits {@code layer_names} into numbered attributes. */
  KerasFileFixture layerNamesIn(int chunks) {
    layerNameChunks = chunks;
    return this;
  }

  /** Makes it a whole model, with this configuration. */
  KerasFileFixture config(String json) {
    config = json;
    return this;
  }

  /** Writes it as {@code save_weights} or, with a configuration, {@code save} does. */
  Path write(Path file) {
    try (WritableHdfFile hdf = HdfFile.write(file)) {
      attributes.forEach((name, value) -> put(hdf, name, value));
      put(hdf, "model_config", config);
      WritableGroup root = config == null ? hdf : hdf.putGroup("model_weights");
      String[] names = layers.keySet().toArray(String[]::new);
      if (layerNameChunks == 0) {
        root.putAttribute("layer_names", names);
      }
      for (int chunk = 0; chunk < layerNameChunks; chunk++) {
        int from = chunk * names.length / layerNameChunks;
        int to = (chunk + 1) * names.length / layerNameChunks;
        root.putAttribute("layer_names" + chunk, Arrays.copyOfRange(names, from, to));
      }
      layers.forEach((layer, arrays) -> putLayer(root.putGroup(layer), arrays));
    }
    return file;
  }

  /**
   * Writes it as Keras 3's {@code .weights.h5}: {@code layers/<class>[_n]/vars/0}.
   *
   * @param first the number of the first layer of a class
   */
  Path writeKeras3(Path file, int first) {
    try (WritableHdfFile hdf = HdfFile.write(file)) {
      WritableGroup root = hdf.putGroup("layers");
      Map<String, Integer> counts = new LinkedHashMap<>();
      layers.forEach(
          (layer, arrays) -> {
            String kind = layer.replaceAll("_\\d+$", "");
            int number = first + counts.merge(kind, 1, Integer::sum) - 1;
            WritableGroup group = root.putGroup(number == 0 ? kind : kind + "_" + number);
            group = kind.equals("lstm") ? group.putGroup("cell") : group;
            WritableGroup vars = group.putGroup("vars");
            for (int index = 0; index < arrays.size(); index++) {
              vars.putDataset("" + index, nested(arrays.get(index)));
            }
          });
    }
    return file;
  }

  private static void put(WritableHdfFile hdf, String name, String value) {
    if (value != null) {
      hdf.putAttribute(name, value);
    }
  }

  private static void putLayer(WritableGroup group, List<NamedArray> arrays) {
    group.putAttribute(
        "weight_names", arrays.stream().map(NamedArray::name).toArray(String[]::new));
    Map<String, WritableGroup> groups = new LinkedHashMap<>();
    for (NamedArray array : arrays) {
      WritableGroup parent = group;
      String path = "";
      String[] parts = array.name().split("/", -1);
      for (String part : Arrays.copyOf(parts, parts.length - 1)) {
        path += part + "/";
        WritableGroup above = parent;
        parent = groups.computeIfAbsent(path, missing -> above.putGroup(part));
      }
      parent.putDataset(parts[parts.length - 1], nested(array));
    }
  }

  private static Object nested(NamedArray array) {
    return nested(array.values(), array.shape(), 0, 0);
  }

  private static Object nested(float[] values, int[] shape, int axis, int from) {
    if (axis == shape.length - 1) {
      return Arrays.copyOfRange(values, from, from + shape[axis]);
    }
    int stride = 1;
    for (int later = axis + 1; later < shape.length; later++) {
      stride *= shape[later];
    }
    int[] rest = new int[shape.length - axis];
    rest[0] = shape[axis];
    Object rows = Array.newInstance(float.class, rest);
    for (int row = 0; row < shape[axis]; row++) {
      Array.set(rows, row, nested(values, shape, axis + 1, from + row * stride));
    }
    return rows;
  }
}
