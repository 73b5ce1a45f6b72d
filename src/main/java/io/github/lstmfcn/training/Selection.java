package io.github.lstmfcn.training;

import java.util.Objects;

/**
 * Which epoch's weights are the result.
 *
 * @param monitor what decides about the best epoch, the learning rate and the early end
 * @param saveBestOnly whether the result is the best epoch's weights, not the last's
 */
public record Selection(Monitor monitor, boolean saveBestOnly) {

  /** Refuses null. */
  public Selection {
    Objects.requireNonNull(monitor, "monitor");
  }
}
