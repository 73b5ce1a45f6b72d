package io.github.lstmfcn.training.engine;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.model.AttentionScope;
import io.github.lstmfcn.model.ConvolutionBlock;
import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.Subsampling;
import io.github.lstmfcn.model.WeightArray;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/** The initial weights of a training run. */
public final class InitialWeights {

  private InitialWeights() {}

  /** New weights by the initializers of the original's layers. */
  public static ModelWeights random(ModelSpec spec, RandomGenerator random) {
    Map<String, WeightArray> arrays = new LinkedHashMap<>();
    ModelWeights.shapes(spec)
        .forEach((name, shape) -> arrays.put(name, initializer(spec, name).array(shape, random)));
    return new ModelWeights(spec, arrays);
  }

  /**
   * Existing weights for a network of a specification. If the number of classes differs, the dense
   * layer is initialized anew.
   *
   * @param weights the weights to start from
   * @param spec the specification of the network to train
   * @param random the source of random numbers
   * @throws InvalidInputException if the weights are of a network of another kind, other blocks or
   *     another number of cells, variables or steps
   */
  public static ModelWeights of(ModelWeights weights, ModelSpec spec, RandomGenerator random) {
    ModelSpec found = weights.spec();
    check("kind", spec.kind(), found.kind());
    check("cells", spec.cells(), found.cells());
    check("variables", spec.variables(), found.variables());
    check("length", spec.length(), found.length());
    check("blocks", spec.blocks(), found.blocks());
    Map<String, WeightArray> arrays = new LinkedHashMap<>(weights.arrays());
    if (found.classes() != spec.classes()) {
      ModelWeights.shapes(spec).entrySet().stream()
          .filter(array -> array.getKey().startsWith("dense/"))
          .forEach(
              array ->
                  arrays.put(
                      array.getKey(),
                      initializer(spec, array.getKey()).array(array.getValue(), random)));
    }
    return new ModelWeights(spec, arrays);
  }

  private static void check(String place, Object expected, Object found) {
    if (!expected.equals(found)) {
      throw new InvalidInputException(
          null,
          "initial weights: " + place,
          expected.toString(),
          found.toString(),
          "start from weights of the same network; only the number of classes may differ");
    }
  }

  /**
   * The initializer of an array of {@link ModelWeights#shapes} in the original. The initializers of
   * per-series attention are those of the 2017 code, which has no unit forget bias, and those of
   * across-batch attention are those of 2019.
   */
  static Initializer initializer(ModelSpec spec, String array) {
    boolean perSeriesAttention =
        spec.hasAttention() && spec.attentionScope() == AttentionScope.PER_SERIES;
    for (int block = 1; block <= spec.blocks().size(); block++) {
      if (array.equals(ConvolutionBlock.convolution(block) + "/kernel")) {
        return Initializer.HE_UNIFORM;
      }
      if (array.equals(ConvolutionBlock.reduction(block) + "/kernel")
          || array.equals(ConvolutionBlock.expansion(block) + "/kernel")) {
        return Initializer.HE_NORMAL;
      }
    }
    return switch (array) {
      case Subsampling.NAME + "/kernel" -> Initializer.HE_UNIFORM;
      case "lstm/kernel", "dense/kernel" -> Initializer.GLOROT_UNIFORM;
      case "lstm/recurrent_kernel",
          "lstm/attention_kernel",
          "lstm/attention_W",
          "lstm/attention_U" ->
          Initializer.ORTHOGONAL;
      case "lstm/bias" -> perSeriesAttention ? Initializer.ZEROS : Initializer.UNIT_FORGET_BIAS;
      default ->
          array.endsWith("/gamma") || array.endsWith("/moving_variance")
              ? Initializer.ONES
              : Initializer.ZEROS;
    };
  }
}
