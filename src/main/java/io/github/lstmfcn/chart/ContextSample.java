package io.github.lstmfcn.chart;

/**
 * A series and its context.
 *
 * @param number the number of the series in the split, from 0
 * @param label the true label of the series
 * @param series float32 {@code [length]}, as the network sees it
 * @param context float32 {@code [length]}
 * @param attended float32 {@code [length]}: the series times the context
 */
public record ContextSample(
    int number, String label, float[] series, float[] context, float[] attended) {

  /** {@return the caption, as {@code sample 3 (class 1)}} */
  public String title() {
    return "sample %s (class %s)".formatted(number, label);
  }
}
