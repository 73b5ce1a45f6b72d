package io.github.lstmfcn.model;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The weights of a network with its specification. Immutable.
 *
 * @param spec the specification of the network
 * @param arrays the arrays by name, with the names and shapes of {@link #shapes}
 */
public record ModelWeights(ModelSpec spec, Map<String, WeightArray> arrays) {

  /**
   * Checks the arrays and puts them into the order of {@link #shapes}.
   *
   * @param spec the component {@code spec}
   * @param arrays the component {@code arrays}
   * @throws IllegalArgumentException if an array is missing, unknown, of another shape or not
   *     finite; the message names it
   */
  public ModelWeights {
    Map<String, int[]> expected = shapes(spec);
    if (!arrays.keySet().equals(expected.keySet())) {
      throw new IllegalArgumentException(
          "expected arrays " + expected.keySet() + " of a " + spec + ", found " + arrays.keySet());
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
          "expected shape %2$s of %1$s, found %3$s"
              .formatted(name, Arrays.toString(shape), Arrays.toString(array.shape())));
    }
    for (float value : array.values()) {
      if (!Float.isFinite(value)) {
        throw new IllegalArgumentException(
            "expected finite weights in " + name + ", found " + value);
      }
    }
  }

  /**
   * A copy with another specification that has the same arrays.
   *
   * @param other the specification
   * @return the copy
   * @throws IllegalArgumentException if the other specification has other arrays
   */
  public ModelWeights with(ModelSpec other) {
    return new ModelWeights(other, arrays);
  }

  /** {@return the number of weights, including the moving averages of the batch normalisations} */
  public long parameters() {
    return arrays.values().stream().mapToLong(array -> array.values().length).sum();
  }

  /**
   * The names and shapes of a network's arrays. The names of the arrays are those of Keras; the
   * names of the layers give their place: {@code conv1}, {@code bn1}, {@code se1_reduce} and {@code
   * se1_expand} for the first block, {@code subsampling}, {@code lstm}, {@code dense}.
   *
   * @param spec the specification of the network
   * @return the shapes by name, block by block, then those of the recurrent branch and the head
   */
  public static Map<String, int[]> shapes(ModelSpec spec) {
    Map<String, int[]> shapes = new LinkedHashMap<>();
    int channels = spec.variables();
    for (int number = 1; number <= spec.blocks().size(); number++) {
      ConvolutionBlock block = spec.blocks().get(number - 1);
      shapes.putAll(block.shapes(number, channels));
      channels = block.filters();
    }
    if (spec.recurrent() != null) {
      putRecurrent(spec, shapes);
    }
    shapes.put("dense/kernel", new int[] {spec.cells() + spec.channels(), spec.classes()});
    shapes.put("dense/bias", new int[] {spec.classes()});
    return Collections.unmodifiableMap(shapes);
  }

  private static void putRecurrent(ModelSpec spec, Map<String, int[]> shapes) {
    Subsampling subsampling = spec.recurrent().subsampling();
    if (subsampling != null) {
      shapes.put(
          Subsampling.NAME + "/kernel",
          new int[] {subsampling.kernelSize(), spec.variables(), subsampling.filters()});
    }
    int features = spec.recurrentFeatures();
    int cells = spec.cells();
    int gates = 4 * cells;
    shapes.put("lstm/kernel", new int[] {features, gates});
    shapes.put("lstm/recurrent_kernel", new int[] {cells, gates});
    if (spec.hasAttention()) {
      shapes.put("lstm/attention_kernel", new int[] {features, gates});
      shapes.put("lstm/attention_W", new int[] {features, cells});
      shapes.put("lstm/attention_U", new int[] {cells, cells});
      shapes.put("lstm/bias", new int[] {gates});
      shapes.put("lstm/attention_b", new int[] {cells});
      shapes.put("lstm/attention_v", new int[] {cells, 1});
    } else {
      shapes.put("lstm/bias", new int[] {gates});
    }
  }
}
