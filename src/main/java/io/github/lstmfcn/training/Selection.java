package io.github.lstmfcn.training;

import java.util.Objects;

/**
 * Which epoch's weights are the result of a training.
 *
 * @param monitor the value that decides about the best epoch, the learning rate and early stopping
 * @param saveBestOnly whether the result has the weights of the best epoch instead of the last one
 */
public record Selection(Monitor monitor, boolean saveBestOnly) {

  /**
   * Checks that no value is null.
   *
   * @param monitor the component {@code monitor}
   * @param saveBestOnly the component {@code saveBestOnly}
   */
  public Selection {
    Objects.requireNonNull(monitor, "monitor");
  }
}
