package io.github.lstmfcn.model.graph;

import io.github.lstmfcn.model.winograd.MinimalFiltering;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** The arrays of {@link FoldedWeights} as operands of a graph. */
interface FoldedArrays {

  /** An array in its shape of {@link FoldedWeights#shapes}. */
  Operand<TFloat32> array(String name);

  /** A kernel for images of height 1: float32 {@code (1, k, in, out)}. */
  Operand<TFloat32> image(String kernel);

  /** A kernel for minimal filtering: operands float32 {@code (in, out)}. */
  List<Operand<TFloat32>> matrices(String kernel, MinimalFiltering filtering);
}
