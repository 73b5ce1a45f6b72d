package io.github.lstmfcn.chart;

import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.Orientation;

/**
 * What the steps of a recurrent layer and their features are.
 *
 * @param step what a step is, as {@code variable}
 * @param feature what a feature of a step is, as {@code step}
 */
public record AttentionAxes(String step, String feature) {

  /** The axes of a network's recurrent layer. */
  public static AttentionAxes of(ModelSpec spec) {
    boolean subsampled = spec.recurrent().subsampling() != null;
    String variable = subsampled ? "filter" : "variable";
    String time = subsampled ? "subsampled step" : "step";
    return spec.recurrent().orientation() == Orientation.OVER_STEPS
        ? new AttentionAxes(time, variable)
        : new AttentionAxes(variable, time);
  }

  /** The name of a column of a table. */
  static String column(String name) {
    return name.replace(' ', '_');
  }
}
