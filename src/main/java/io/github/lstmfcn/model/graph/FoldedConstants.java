package io.github.lstmfcn.model.graph;

import io.github.lstmfcn.model.WeightArray;
import io.github.lstmfcn.model.winograd.MinimalFiltering;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** {@link FoldedWeights} as constants, each in the one shape in which it is requested. */
final class FoldedConstants implements FoldedArrays {
  private final FoldedWeights weights;
  private final Map<String, WeightArray> arrays;
  private final Function<String, Operand<TFloat32>> constants;

  FoldedConstants(Ops tf, FoldedWeights weights) {
    this.weights = weights;
    arrays = new HashMap<>(weights.arrays());
    constants = WeightConstants.of(tf, arrays);
  }

  @Override
  public Operand<TFloat32> array(String name) {
    return constants.apply(name);
  }

  @Override
  public Operand<TFloat32> image(String kernel) {
    WeightArray array = weights.arrays().get(kernel);
    int[] shape = array.shape();
    return constant(
        kernel, new WeightArray(new int[] {1, shape[0], shape[1], shape[2]}, array.values()));
  }

  /** The matrices, computed in float64 and rounded once. */
  @Override
  public List<Operand<TFloat32>> matrices(String kernel, MinimalFiltering filtering) {
    List<Operand<TFloat32>> matrices = new ArrayList<>();
    for (WeightArray matrix : filtering.matrices(weights.arrays().get(kernel))) {
      matrices.add(constant(kernel.replace("/kernel", "/matrix" + matrices.size()), matrix));
    }
    return matrices;
  }

  private Operand<TFloat32> constant(String name, WeightArray array) {
    arrays.put(name, array);
    return constants.apply(name);
  }
}
