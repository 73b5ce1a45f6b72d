package io.github.lstmfcn.training;

import io.github.lstmfcn.error.InvalidInputException;

/**
 * Keras' {@code ReduceLROnPlateau}: lowers the learning rate when the monitored value has not
 * improved for a while.
 *
 * @param patience epochs without improvement before the rate is lowered
 * @param factor of the lowered rate, below 1
 * @param minLr the rate is not lowered below
 * @param minDelta what counts as an improvement; {@code epsilon} in Keras 2.0
 * @param cooldown epochs after a reduction that do not count
 */
public record ReduceLrOnPlateau(
    int patience, double factor, double minLr, double minDelta, int cooldown) {

  /**
   * @throws InvalidInputException if a value is out of its range
   */
  public ReduceLrOnPlateau {
    Values.check("patience", patience, patience >= 0, "0 or more epochs");
    Values.check("factor", factor, factor > 0 && factor < 1, "in (0, 1)");
    Values.check("minLr", minLr, minLr >= 0, "0 or more");
    Values.check("minDelta", minDelta, minDelta >= 0, "0 or more");
    Values.check("cooldown", cooldown, cooldown >= 0, "0 or more epochs");
  }

  /**
   * Where it is after some epochs.
   *
   * @param best the best value so far
   * @param waited epochs since
   * @param cooldownLeft epochs of cooldown that are left
   * @param learningRate for the epoch to come
   */
  public record State(double best, int waited, int cooldownLeft, float learningRate) {}

  /** Before the first epoch. */
  public State initial(Monitor monitor, float learningRate) {
    return new State(monitor.worst(), 0, 0, learningRate);
  }

  /** After an epoch of this monitored value. */
  public State after(State before, double value, Monitor monitor, KerasRelease release) {
    int cooldownLeft = Math.max(0, before.cooldownLeft() - 1);
    int waited = before.cooldownLeft() > 0 ? 0 : before.waited();
    float rate = before.learningRate();
    if (monitor.improves(value, before.best(), minDelta)) {
      return new State(value, 0, cooldownLeft, rate);
    }
    if (cooldownLeft > 0) {
      return new State(before.best(), waited, cooldownLeft, rate);
    }
    int compared = release.comparesBeforeCounting() ? waited : waited + 1;
    int counted = waited + 1;
    if (compared >= patience && rate > lowest(release)) {
      // Keras holds the rate as float32 and computes in float64.
      rate = (float) Math.max(rate * factor, minLr);
      cooldownLeft = cooldown;
      counted = release.comparesBeforeCounting() ? 1 : 0;
    }
    return new State(before.best(), counted, cooldownLeft, rate);
  }

  /** Up to which rate there is nothing to lower. */
  private double lowest(KerasRelease release) {
    return release == KerasRelease.KERAS_2_0_8 ? minLr * (1 + 1e-4) : minLr;
  }
}
