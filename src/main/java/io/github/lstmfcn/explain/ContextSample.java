package io.github.lstmfcn.explain;

/**
 * One series and its context.
 *
 * @param number its place in the set, from 0
 * @param label its own label
 * @param series float32 {@code [length]}, as the network sees it
 * @param context float32 {@code [length]}
 * @param attended float32 {@code [length]}: the series times the context
 */
public record ContextSample(
    int number, String label, float[] series, float[] context, float[] attended) {

  /** {@code sample 3 (class 1)}. */
  public String title() {
    return "sample %d (class %s)".formatted(number, label);
  }
}
