package io.github.lstmfcn.training;

import io.github.lstmfcn.error.InvalidInputException;

/**
 * Keras' {@code EarlyStopping}: ends the training when the monitored value has not improved for a
 * while.
 *
 * @param patience epochs without improvement after which it ends
 * @param minDelta what counts as an improvement
 */
public record EarlyStopping(int patience, double minDelta) {
  /** Trains every epoch. */
  public static final EarlyStopping NEVER = new EarlyStopping(Integer.MAX_VALUE, 0);

  /**
   * @throws InvalidInputException if a value is out of its range
   */
  public EarlyStopping {
    Values.check("earlyStoppingPatience", patience, patience >= 1, "1 epoch or more");
    Values.check("earlyStoppingMinDelta", minDelta, minDelta >= 0, "0 or more");
  }

  /**
   * Where it is after some epochs.
   *
   * @param best the best value so far
   * @param waited epochs since
   */
  public record State(double best, int waited) {}

  /** Before the first epoch. */
  public State initial(Monitor monitor) {
    return new State(monitor.worst(), 0);
  }

  /** After an epoch of this monitored value. */
  public State after(State before, double value, Monitor monitor) {
    return monitor.improves(value, before.best(), minDelta)
        ? new State(value, 0)
        : new State(before.best(), before.waited() + 1);
  }

  /** Whether the training is over. */
  public boolean ends(State state) {
    return state.waited() >= patience;
  }
}
