package io.github.lstmfcn.training.engine;

import io.github.lstmfcn.model.WeightArray;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The state of the optimizer.
 *
 * @param step the number of steps taken
 * @param slots Adam's two moments of each array and, for bias-corrected moving averages, their
 *     sums; named {@code m/}, {@code v/} and {@code sum/} before the name of the array
 */
public record OptimizerState(long step, Map<String, WeightArray> slots) {

  /** Copies the map. */
  public OptimizerState {
    slots = Collections.unmodifiableMap(new LinkedHashMap<>(slots));
  }
}
