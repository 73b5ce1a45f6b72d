package io.github.lstmfcn.training;

import java.util.ArrayList;
import java.util.List;

/**
 * Keras' {@code History}: the epochs completed so far.
 *
 * @param epochs the epochs in order, from the first
 */
public record History(List<Epoch> epochs) {
  /** A history without epochs. */
  public static final History EMPTY = new History(List.of());

  /**
   * Copies the list.
   *
   * @param epochs the component {@code epochs}
   */
  public History {
    epochs = List.copyOf(epochs);
  }

  /** {@return the last epoch; there must be one} */
  public Epoch last() {
    return epochs.get(epochs.size() - 1);
  }

  /**
   * A copy with one more epoch.
   *
   * @param epoch the epoch to append
   * @return the copy
   */
  public History and(Epoch epoch) {
    List<Epoch> more = new ArrayList<>(epochs);
    more.add(epoch);
    return new History(more);
  }
}
