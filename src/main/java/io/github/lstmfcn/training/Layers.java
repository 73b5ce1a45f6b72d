package io.github.lstmfcn.training;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.model.AttentionScope;
import io.github.lstmfcn.training.engine.TrainingSession;
import java.util.Objects;

/**
 * How layers compute where a network leaves that to its training.
 *
 * @param dropout share of the recurrent branch's outputs that a step sets to 0
 * @param attentionScope of an ALSTM-FCN
 * @param preciseBatchNorm whether the moving averages are replaced after every epoch by the
 *     statistics of that epoch's batches under the weights at its end, so that they are settled
 *     after any number of steps; see {@link TrainingSession#estimateStatistics}
 */
public record Layers(float dropout, AttentionScope attentionScope, boolean preciseBatchNorm) {

  /**
   * @throws InvalidInputException if a value is out of its range
   */
  public Layers {
    Values.check("dropout", dropout, dropout >= 0 && dropout < 1, "in [0, 1)");
    Objects.requireNonNull(attentionScope, "attentionScope");
  }
}
