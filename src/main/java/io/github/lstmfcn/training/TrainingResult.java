package io.github.lstmfcn.training;

import io.github.lstmfcn.model.ModelWeights;

/**
 * A training that has come to an end.
 *
 * @param state at the end; more epochs can follow
 * @param ending why it ended
 * @param weights what was trained for: the best epoch's or the last's, as the recipe says
 */
public record TrainingResult(TrainingState state, Ending ending, ModelWeights weights) {

  /** Why a training ended. */
  public enum Ending {
    /** All epochs are done. */
    COMPLETED,
    /** The monitored value has not improved for a while. */
    STOPPED_EARLY,
    /** It was asked to. */
    INTERRUPTED
  }
}
