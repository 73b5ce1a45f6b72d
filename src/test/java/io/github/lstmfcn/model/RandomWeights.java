package io.github.lstmfcn.model;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Models of a seed: no training, but every array acts. */
public final class RandomWeights {

  private RandomWeights() {}

  /** A model with gates as the original's. */
  public static ModelWeights of(ModelKind kind, int cells, int length, int classes, long seed) {
    return of(
        new ModelSpec(
            kind, cells, length, classes, GateActivation.HARD_SIGMOID, AttentionScope.PER_SERIES),
        seed);
  }

  /** A model of a specification. */
  public static ModelWeights of(ModelSpec spec, long seed) {
    Random random = new Random(seed);
    Map<String, WeightArray> arrays = new LinkedHashMap<>();
    ModelWeights.shapes(spec)
        .forEach((name, shape) -> arrays.put(name, array(name, shape, random)));
    return new ModelWeights(spec, arrays);
  }

  private static WeightArray array(String name, int[] shape, Random random) {
    int size = 1;
    int fanIn = 1;
    for (int axis = 0; axis < shape.length; axis++) {
      size *= shape[axis];
      fanIn *= axis < shape.length - 1 ? shape[axis] : 1;
    }
    float[] values = new float[size];
    for (int index = 0; index < size; index++) {
      float normal = (float) (random.nextGaussian() * Math.sqrt(2.0 / fanIn));
      values[index] =
          name.endsWith("moving_variance") || name.endsWith("gamma")
              ? 0.5f + random.nextFloat()
              : shape.length == 1 ? 0.1f * normal : normal;
    }
    return new WeightArray(shape, values);
  }
}
