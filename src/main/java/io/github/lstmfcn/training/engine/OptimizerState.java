package io.github.lstmfcn.training.engine;

import io.github.lstmfcn.model.WeightArray;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the optimizer remembers.
 *
 * @param step steps taken
 * @param slots Adam's two moments of each array and, where they start anew, the sums of the moving
 *     averages; named {@code m/}, {@code v/} and {@code sum/} before the array's name
 */
public record OptimizerState(long step, Map<String, WeightArray> slots) {

  /** Copies the map. */
  public OptimizerState {
    slots = Collections.unmodifiableMap(new LinkedHashMap<>(slots));
  }
}
