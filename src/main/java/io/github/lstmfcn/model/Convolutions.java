package io.github.lstmfcn.model;

import java.util.OptionalInt;

/**
 * How the convolutions from the second block on are computed: the same sums in another order, so
 * that results differ in their last digits. Which one is fastest depends on the processor.
 */
public enum Convolutions {
  /** By TensorFlow's own operation. */
  DIRECT("direct", 0),
  /**
   * By minimal filtering (Winograd) of four steps at once: 8 products instead of 20 for a kernel of
   * size 5, 6 instead of 12 for one of size 3, and sums of tensors.
   */
  WINOGRAD_4("winograd-4", 4),
  /**
   * By minimal filtering of six steps at once: 10 products instead of 30 and 8 instead of 18, more
   * sums and rounding.
   */
  WINOGRAD_6("winograd-6", 6);

  private final String title;
  private final int tile;

  Convolutions(String title, int tile) {
    this.title = title;
    this.tile = tile;
  }

  /** {@return the number of steps that are computed at once; empty if that is TensorFlow's} */
  public OptionalInt tile() {
    return tile == 0 ? OptionalInt.empty() : OptionalInt.of(tile);
  }

  @Override
  public String toString() {
    return title;
  }
}
