package io.github.lstmfcn.model.graph;

import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.winograd.MinimalFiltering;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** {@link FoldedWeights} in the graph, of weights that change while it is used. */
final class FoldedVariables implements FoldedArrays {
  private final Ops tf;
  private final Map<String, Operand<TFloat32>> folded;

  /**
   * Adds the folding to a graph.
   *
   * @param weights the operand of each array of {@link ModelWeights#shapes}
   */
  FoldedVariables(Ops tf, ModelSpec spec, Function<String, Operand<TFloat32>> weights) {
    this.tf = tf.withSubScope("folded");
    Map<String, Operand<TFloat32>> arrays = new LinkedHashMap<>();
    ModelWeights.shapes(spec).keySet().forEach(name -> arrays.put(name, weights.apply(name)));
    folded = FoldedWeights.folded(spec, arrays, new FoldedWeights.InGraph(this.tf, spec));
  }

  @Override
  public Operand<TFloat32> array(String name) {
    return folded.get(name);
  }

  @Override
  public Operand<TFloat32> image(String kernel) {
    return tf.expandDims(array(kernel), tf.constant(0));
  }

  @Override
  public List<Operand<TFloat32>> matrices(String kernel, MinimalFiltering filtering) {
    return filtering.matrices(tf, array(kernel));
  }
}
