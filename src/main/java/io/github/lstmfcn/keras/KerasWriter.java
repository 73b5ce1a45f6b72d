package io.github.lstmfcn.keras;

import io.github.lstmfcn.files.AtomicFile;
import io.github.lstmfcn.keras.layout.KerasLayout;
import io.github.lstmfcn.model.ConvolutionBlock;
import io.github.lstmfcn.model.GateActivation;
import io.github.lstmfcn.model.ModelMetadata;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.Orientation;
import io.github.lstmfcn.model.RecurrentBranch;
import io.github.lstmfcn.model.WeightArray;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Writes the weight layout of Keras 2, with the layers, names and order of the original. Layers
 * without weights are omitted: Keras skips them when it loads, and jhdf cannot write the empty
 * group that they would have. Where they tell whether there is a mask, in all but univariate
 * networks, an attribute has their names.
 */
final class KerasWriter {
  /** The root attribute with a model's metadata. Keras ignores attributes that it does not know. */
  static final String METADATA = "lstmfcn";

  /** The maximum length of an attribute; HDF5 allows 64 kB. */
  private static final int LONGEST_ATTRIBUTE = 60_000;

  private KerasWriter() {}

  /**
   * Writes a file.
   *
   * @param metadata the metadata to write; null for none
   * @param replace whether an existing file may be replaced
   */
  static void write(ModelWeights weights, ModelMetadata metadata, Path file, boolean replace) {
    AtomicFile.write(
        file,
        replace,
        temporary -> {
          try (WritableHdfFile hdf = HdfFile.write(temporary)) {
            writeLayers(weights, hdf);
            if (metadata != null) {
              writeMetadata(metadata.json(), hdf);
            }
          }
        });
  }

  /**
   * Writes the metadata, divided into several attributes if it is long, numbered as Keras numbers
   * its own.
   */
  private static void writeMetadata(String json, WritableHdfFile hdf) {
    if (json.length() <= LONGEST_ATTRIBUTE) {
      hdf.putAttribute(METADATA, json);
      return;
    }
    for (int part = 0; part * LONGEST_ATTRIBUTE < json.length(); part++) {
      int end = Math.min(json.length(), (part + 1) * LONGEST_ATTRIBUTE);
      hdf.putAttribute(METADATA + part, json.substring(part * LONGEST_ATTRIBUTE, end));
    }
  }

  private static void writeLayers(ModelWeights weights, WritableHdfFile hdf) {
    Map<String, String> layers = OriginalLayers.of(weights.spec());
    if (!isUnivariate(weights.spec())) {
      hdf.putAttribute(KerasLayout.ALL_LAYERS, layers.keySet().toArray(String[]::new));
    }
    layers.values().removeIf(String::isEmpty);
    hdf.putAttribute("layer_names", layers.keySet().toArray(String[]::new));
    hdf.putAttribute("backend", "tensorflow");
    hdf.putAttribute("keras_version", version(weights.spec()));
    layers.forEach((layer, place) -> writeLayer(weights, place, hdf.putGroup(layer)));
  }

  /** Whether a network has nothing that a layer without weights would tell. */
  private static boolean isUnivariate(ModelSpec spec) {
    RecurrentBranch recurrent = spec.recurrent();
    return spec.variables() == 1
        && spec.blocks().stream().noneMatch(ConvolutionBlock::hasSqueezeAndExcite)
        && (recurrent == null
            || (!recurrent.masking()
                && recurrent.subsampling() == null
                && recurrent.orientation() == Orientation.OVER_VARIABLES));
  }

  private static void writeLayer(ModelWeights weights, String place, WritableGroup group) {
    String layer = group.getName();
    List<String> arrays =
        weights.arrays().keySet().stream()
            .filter(name -> name.startsWith(place + "/"))
            .map(name -> name.substring(place.length() + 1))
            .toList();
    group.putAttribute(
        "weight_names",
        arrays.stream().map(array -> layer + "/" + array + ":0").toArray(String[]::new));
    WritableGroup inner = group.putGroup(layer);
    arrays.forEach(
        array -> inner.putDataset(array + ":0", nested(weights.arrays().get(place + "/" + array))));
  }

  /**
   * The version of Keras whose defaults the model has: from it a reader of the file, such as this
   * library, concludes the gates and that the attention cannot be across the batch (before Keras
   * 2.1).
   */
  private static String version(ModelSpec spec) {
    if (spec.gateActivation() == GateActivation.SIGMOID) {
      return "2.4.0";
    }
    return spec.dependsOnBatch() ? "2.2.5" : "2.0.8";
  }

  private static Object nested(WeightArray array) {
    int[] shape = array.shape();
    float[] values = array.values();
    return switch (shape.length) {
      case 1 -> values;
      case 2 -> matrix(values, 0, shape[0], shape[1]);
      default -> {
        float[][][] cube = new float[shape[0]][][];
        for (int index = 0; index < shape[0]; index++) {
          cube[index] = matrix(values, index * shape[1] * shape[2], shape[1], shape[2]);
        }
        yield cube;
      }
    };
  }

  private static float[][] matrix(float[] values, int start, int rows, int columns) {
    float[][] matrix = new float[rows][];
    for (int row = 0; row < rows; row++) {
      int from = start + row * columns;
      matrix[row] = Arrays.copyOfRange(values, from, from + columns);
    }
    return matrix;
  }
}
