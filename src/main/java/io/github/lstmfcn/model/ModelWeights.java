package io.github.lstmfcn.model;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A model: its specification and its arrays, both immutable.
 *
 * @param spec what it is
 * @param arrays by name, the names and shapes of {@link #shapes}
 */
public record ModelWeights(ModelSpec spec, Map<String, WeightArray> arrays) {

  /**
   * @throws IllegalArgumentException if an array is missing, unknown, of another shape or not
   *     finite; the message names it
   */
  public ModelWeights {
    Map<String, int[]> expected = shapes(spec);
    if (!arrays.keySet().equals(expected.keySet())) {
      throw new IllegalArgumentException(
          "arrays " + expected.keySet() + " make a " + spec + ", found " + arrays.keySet());
    }
    Map<String, WeightArray> ordered = new LinkedHashMap<>();
    for (Map.Entry<String, int[]> entry : expected.entrySet()) {
      WeightArray array = arrays.get(entry.getKey());
      check(entry.getKey(), entry.getValue(), array);
      ordered.put(entry.getKey(), array);
    }
    arrays = Collections.unmodifiableMap(ordered);
  }

  private static void check(String name, int[] shape, WeightArray array) {
    if (!Arrays.equals(array.shape(), shape)) {
      throw new IllegalArgumentException(
          "%s has shape %s, found %s"
              .formatted(name, Arrays.toString(shape), Arrays.toString(array.shape())));
    }
    for (float value : array.values()) {
      if (!Float.isFinite(value)) {
        throw new IllegalArgumentException(name + " holds finite weights, found " + value);
      }
    }
  }

  /** The same arrays read as another specification of the same shapes. */
  public ModelWeights with(ModelSpec other) {
    return new ModelWeights(other, arrays);
  }

  /** Number of weights, moving averages included. */
  public long parameters() {
    return arrays.values().stream().mapToLong(array -> array.values().length).sum();
  }

  /**
   * Names and shapes of a model's arrays, in the order of Keras' files. Array names are Keras' own,
   * layer names say the place: {@code conv1} and {@code bn1} for the first block, {@code lstm},
   * {@code dense}.
   */
  public static Map<String, int[]> shapes(ModelSpec spec) {
    Map<String, int[]> shapes = new LinkedHashMap<>();
    int channels = 1;
    for (int number = 1; number <= spec.blocks().size(); number++) {
      ConvolutionBlock block = spec.blocks().get(number - 1);
      shapes.putAll(block.shapes(number, channels));
      channels = block.filters();
    }
    int cells = spec.cells();
    int gates = 4 * cells;
    shapes.put("lstm/kernel", new int[] {spec.length(), gates});
    shapes.put("lstm/recurrent_kernel", new int[] {cells, gates});
    if (spec.kind() == ModelKind.ALSTM_FCN) {
      shapes.put("lstm/attention_kernel", new int[] {spec.length(), gates});
      shapes.put("lstm/attention_W", new int[] {spec.length(), cells});
      shapes.put("lstm/attention_U", new int[] {cells, cells});
      shapes.put("lstm/bias", new int[] {gates});
      shapes.put("lstm/attention_b", new int[] {cells});
      shapes.put("lstm/attention_v", new int[] {cells, 1});
    } else {
      shapes.put("lstm/bias", new int[] {gates});
    }
    shapes.put("dense/kernel", new int[] {cells + channels, spec.classes()});
    shapes.put("dense/bias", new int[] {spec.classes()});
    return Collections.unmodifiableMap(shapes);
  }
}
