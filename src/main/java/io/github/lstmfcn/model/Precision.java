package io.github.lstmfcn.model;

/** The numbers that products are made of; weights, sums and results are float32. */
public enum Precision {
  /** 24 bits. */
  FLOAT32("float32"),
  /**
   * 8 bits, with the range of float32: several times as fast on processors that have products of
   * such numbers, and coarser: probabilities differ in their third or fourth digit.
   */
  BFLOAT16("bfloat16");

  private final String title;

  Precision(String title) {
    this.title = title;
  }

  @Override
  public String toString() {
    return title;
  }
}
