package io.github.lstmfcn.search;

import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.training.Fold;
import java.nio.file.Path;
import java.util.Locale;

/**
 * One of the runs of a grid.
 *
 * @param set the data set's name
 * @param kind of the network
 * @param cells of its recurrent layer
 * @param seed of the run
 * @param fold of TRAIN that is held out; null for what the recipe holds out
 */
public record GridPoint(String set, ModelKind kind, int cells, long seed, Fold fold) {

  /** The network, as in the run's folder: {@code lstm-fcn-8}. */
  public String network() {
    return kind.toString().toLowerCase(Locale.ROOT) + "-" + cells;
  }

  /** The same without a fold. */
  public GridPoint whole() {
    return new GridPoint(set, kind, cells, seed, null);
  }

  /** The run's folder within the grid's: {@code CBF/lstm-fcn-8-seed0}. */
  public Path folder() {
    String ending = fold == null ? "" : "-fold%dof%d".formatted(fold.number(), fold.of());
    return Path.of(set, network() + "-seed" + seed + ending);
  }

  /** {@code CBF/lstm-fcn-8-seed0}. */
  @Override
  public String toString() {
    return folder().toString();
  }
}
