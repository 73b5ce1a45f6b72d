package io.github.lstmfcn.model;

/**
 * What the attention of an ALSTM-FCN sums over. The original code has had two attention layers with
 * the same eight arrays and different results; a weight file does not tell which one it was trained
 * with.
 */
public enum AttentionScope {
  /**
   * Over the steps of each series: the original code until February 2019, and the papers'
   * equations.
   */
  PER_SERIES("per-series"),
  /**
   * Over the batch. The attention cell that the original code has used since 2019-02-28 multiplies
   * inputs {@code (N, D)} by weights {@code (N, 1, D)}, so that the context of every series is a
   * sum over the whole batch. A prediction then depends on which series share a batch.
   */
  ACROSS_BATCH("across-batch");

  private final String title;

  AttentionScope(String title) {
    this.title = title;
  }

  @Override
  public String toString() {
    return title;
  }
}
