package io.github.lstmfcn.training;

import io.github.lstmfcn.error.InvalidInputException;

/**
 * Keras' {@code ReduceLROnPlateau}: lowers the learning rate when the monitored value has not
 * improved for a number of epochs.
 *
 * @param patience the number of epochs without improvement before the learning rate is lowered
 * @param factor the factor by which the learning rate is multiplied, in (0, 1)
 * @param minLr the learning rate below which it is not lowered
 * @param minDelta the smallest change of the monitored value that counts as an improvement; {@code
 *     epsilon} in Keras 2.0
 * @param cooldown the number of epochs after a reduction that do not count
 */
public record ReduceLrOnPlateau(
    int patience, double factor, double minLr, double minDelta, int cooldown) {

  /**
   * Checks the values.
   *
   * @param patience the component {@code patience}
   * @param factor the component {@code factor}
   * @param minLr the component {@code minLr}
   * @param minDelta the component {@code minDelta}
   * @param cooldown the component {@code cooldown}
   * @throws InvalidInputException if a value is out of its range
   */
  public ReduceLrOnPlateau {
    RecipeValues.check("patience", patience, patience >= 0, "0 or more epochs");
    RecipeValues.check("factor", factor, factor > 0 && factor < 1, "in (0, 1)");
    RecipeValues.check("minLr", minLr, minLr >= 0, "0 or more");
    RecipeValues.check("minDelta", minDelta, minDelta >= 0, "0 or more");
    RecipeValues.check("cooldown", cooldown, cooldown >= 0, "0 or more epochs");
  }

  /**
   * The state after a number of epochs.
   *
   * @param best the best monitored value so far
   * @param waited the number of epochs since the best value that count
   * @param cooldownLeft the number of epochs of cooldown that are left
   * @param learningRate the learning rate for the next epoch
   */
  public record State(double best, int waited, int cooldownLeft, float learningRate) {}

  /**
   * {@return the state before the first epoch}
   *
   * @param monitor the monitored value
   * @param learningRate the initial learning rate
   */
  public State initial(Monitor monitor, float learningRate) {
    return new State(monitor.worst(), 0, 0, learningRate);
  }

  /**
   * {@return the state after another epoch}
   *
   * @param before the state before the epoch
   * @param value the monitored value of the epoch
   * @param monitor the monitored value
   * @param release the Keras release whose behaviour is followed
   */
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

  /** The learning rate at or below which there is nothing to lower. */
  private double lowest(KerasRelease release) {
    return release == KerasRelease.KERAS_2_0_8 ? minLr * (1 + 1e-4) : minLr;
  }
}
