package io.github.lstmfcn.chart;

import io.github.lstmfcn.explain.AttentionMap;

/**
 * A series and what the attention looks at.
 *
 * @param number the number of the series in the split, from 0
 * @param label the true label of the series
 * @param map the attention
 */
public record AttentionSample(int number, String label, AttentionMap map) {

  /** {@return the caption, as {@code sample 3 (class 1)}} */
  public String title() {
    return "sample %s (class %s)".formatted(number, label);
  }
}
