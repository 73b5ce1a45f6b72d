package io.github.lstmfcn.training;

import java.util.ArrayList;
import java.util.List;

/**
 * Keras' {@code History}: the epochs so far.
 *
 * @param epochs in order, from the first
 */
public record History(List<Epoch> epochs) {
  public static final History EMPTY = new History(List.of());

  /** Copies the list. */
  public History {
    epochs = List.copyOf(epochs);
  }

  /** The last epoch; there must be one. */
  public Epoch last() {
    return epochs.get(epochs.size() - 1);
  }

  /** With one more. */
  public History and(Epoch epoch) {
    List<Epoch> more = new ArrayList<>(epochs);
    more.add(epoch);
    return new History(more);
  }
}
