package io.github.lstmfcn.training;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.model.AttentionScope;
import io.github.lstmfcn.training.engine.TrainingSession;
import java.util.Objects;

/**
 * How layers compute in training, where the network leaves that open.
 *
 * @param dropout the share of the recurrent branch's outputs that a step sets to 0, in [0, 1)
 * @param attentionScope what the attention of an ALSTM-FCN sums over
 * @param preciseBatchNorm whether the moving averages are replaced after every epoch by the
 *     statistics of that epoch's batches under the weights at its end, so that they have settled
 *     after any number of steps; see {@link TrainingSession#estimateStatistics}
 */
public record Layers(float dropout, AttentionScope attentionScope, boolean preciseBatchNorm) {

  /**
   * Checks the values.
   *
   * @param dropout the component {@code dropout}
   * @param attentionScope the component {@code attentionScope}
   * @param preciseBatchNorm the component {@code preciseBatchNorm}
   * @throws InvalidInputException if a value is out of its range
   */
  public Layers {
    RecipeValues.check("dropout", dropout, dropout >= 0 && dropout < 1, "in [0, 1)");
    Objects.requireNonNull(attentionScope, "attentionScope");
  }
}
