package io.github.lstmfcn.search;

import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.training.Fold;
import java.nio.file.Path;
import java.util.Locale;

/**
 * One of the runs of a grid.
 *
 * @param set the name of the dataset
 * @param kind the kind of network
 * @param cells the number of cells of the recurrent layer
 * @param seed the seed of the run
 * @param fold the fold of TRAIN that is held out; null for the hold-out of the recipe
 */
public record GridPoint(String set, ModelKind kind, int cells, long seed, Fold fold) {

  /** The network, as in the name of the run's folder: {@code lstm-fcn-8}. */
  public String network() {
    return kind.toString().toLowerCase(Locale.ROOT) + "-" + cells;
  }

  /** This point without its fold. */
  public GridPoint whole() {
    return new GridPoint(set, kind, cells, seed, null);
  }

  /** The run's folder within the grid's: {@code CBF/lstm-fcn-8-seed0}. */
  public Path folder() {
    String ending = fold == null ? "" : "-fold%sof%s".formatted(fold.number(), fold.of());
    return Path.of(set, network() + "-seed" + seed + ending);
  }

  /** The run's folder within the grid's, as text. */
  @Override
  public String toString() {
    return folder().toString();
  }
}
