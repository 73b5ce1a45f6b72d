package io.github.lstmfcn.model.graph;

import io.github.lstmfcn.model.ModelWeights;
import java.util.Objects;
import java.util.function.Predicate;
import org.tensorflow.Operand;
import org.tensorflow.types.TInt64;

/** What the network is built for: where dropout and batch normalisation differ. */
public sealed interface Mode {
  /** Without dropout, normalised by the moving averages. */
  Mode INFERENCE = new Inference();

  /** For predictions. */
  record Inference() implements Mode {}

  /**
   * For gradients: with dropout, normalised by the batch's own mean and variance.
   *
   * @param dropout Keras' {@code rate} of {@code Dropout}: the share of the recurrent branch's
   *     outputs that a step sets to 0
   * @param seed int64 {@code (2)}: equal seeds drop equal outputs
   * @param frozen whether an array, by its name in {@link ModelWeights}, is to stay as it is; a
   *     batch normalisation of frozen arrays works as at inference
   */
  record Training(float dropout, Operand<TInt64> seed, Predicate<String> frozen) implements Mode {

    /**
     * @throws IllegalArgumentException if the rate is not in [0, 1)
     */
    public Training {
      Objects.requireNonNull(seed, "seed");
      Objects.requireNonNull(frozen, "frozen");
      if (!(dropout >= 0 && dropout < 1)) {
        throw new IllegalArgumentException("dropout must be in [0, 1): found " + dropout);
      }
    }
  }
}
