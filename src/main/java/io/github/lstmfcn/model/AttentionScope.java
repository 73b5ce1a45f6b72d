package io.github.lstmfcn.model;

/**
 * What the attention of an ALSTM-FCN sums over. The original code has had two attention layers with
 * the same eight arrays and different results; the file does not tell them apart.
 */
public enum AttentionScope {
  /** Over the steps of each series: the original up to February 2019, and the papers' equations. */
  PER_SERIES("per-series"),
  /**
   * Over the batch: the cell that replaced it on 2019-02-28 multiplies inputs {@code (N, D)} by
   * weights {@code (N, 1, D)}, so that every series' context is the sum of its whole batch. A
   * prediction then depends on which series share a batch.
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
