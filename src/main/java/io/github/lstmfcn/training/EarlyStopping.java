package io.github.lstmfcn.training;

import io.github.lstmfcn.error.InvalidInputException;

/**
 * Keras' {@code EarlyStopping}: ends the training when the monitored value has not improved for a
 * number of epochs.
 *
 * @param patience the number of epochs without improvement after which training ends
 * @param minDelta the smallest change of the monitored value that counts as an improvement
 */
public record EarlyStopping(int patience, double minDelta) {
  /** Never ends the training early. */
  public static final EarlyStopping NEVER = new EarlyStopping(Integer.MAX_VALUE, 0);

  /**
   * Checks the values.
   *
   * @param patience the component {@code patience}
   * @param minDelta the component {@code minDelta}
   * @throws InvalidInputException if a value is out of its range
   */
  public EarlyStopping {
    RecipeValues.check("earlyStoppingPatience", patience, patience >= 1, "1 epoch or more");
    RecipeValues.check("earlyStoppingMinDelta", minDelta, minDelta >= 0, "0 or more");
  }

  /**
   * The state after a number of epochs.
   *
   * @param best the best monitored value so far
   * @param waited the number of epochs since the best value
   */
  public record State(double best, int waited) {}

  /**
   * {@return the state before the first epoch}
   *
   * @param monitor the monitored value
   */
  public State initial(Monitor monitor) {
    return new State(monitor.worst(), 0);
  }

  /**
   * {@return the state after another epoch}
   *
   * @param before the state before the epoch
   * @param value the monitored value of the epoch
   * @param monitor the monitored value
   */
  public State after(State before, double value, Monitor monitor) {
    return monitor.improves(value, before.best(), minDelta)
        ? new State(value, 0)
        : new State(before.best(), before.waited() + 1);
  }

  /**
   * {@return whether the training ends in a state}
   *
   * @param state the state after the last epoch
   */
  public boolean ends(State state) {
    return state.waited() >= patience;
  }
}
