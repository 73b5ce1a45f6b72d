package io.github.lstmfcn.model.graph;

import io.github.lstmfcn.model.ModelWeights;
import java.util.Objects;
import java.util.function.Predicate;
import org.tensorflow.Operand;
import org.tensorflow.types.TInt64;

/** The purpose for which a network is built, which determines dropout and batch normalisation. */
public sealed interface Mode {
  /** Inference: without dropout, normalised by the moving averages. */
  Mode INFERENCE = new Inference();

  /** For inference. */
  record Inference() implements Mode {}

  /**
   * For training: with dropout, normalised by the mean and variance of the batch.
   *
   * @param dropout Keras' {@code rate} of {@code Dropout}: the share of the recurrent branch's
   *     outputs that a step sets to 0
   * @param seed int64 {@code (2)}: equal seeds drop equal outputs
   * @param frozen whether an array, by its name in {@link ModelWeights}, is not trained; a batch
   *     normalisation of frozen arrays works as in inference
   */
  record Training(float dropout, Operand<TInt64> seed, Predicate<String> frozen) implements Mode {

    /**
     * Checks the rate.
     *
     * @throws IllegalArgumentException if the rate is not in [0, 1)
     */
    public Training {
      Objects.requireNonNull(seed, "seed");
      Objects.requireNonNull(frozen, "frozen");
      if (!(dropout >= 0 && dropout < 1)) {
        throw new IllegalArgumentException("expected a dropout rate in [0, 1), found " + dropout);
      }
    }
  }
}
