package io.github.lstmfcn.search;

import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.training.Fold;
import io.github.lstmfcn.training.RecipeValues;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The networks among which a search chooses, for every set: kinds × cells × seeds, × folds.
 *
 * @param sets names of the data sets
 * @param kinds of networks
 * @param cells of their recurrent layers; 8, 64 and 128 in 2019
 * @param seeds how many runs a network has, that differ in their seed
 * @param firstSeed the first of consecutive seeds
 * @param folds of a cross-validation; 0 for what the recipe holds out
 */
public record Grid(
    List<String> sets,
    List<ModelKind> kinds,
    List<Integer> cells,
    int seeds,
    long firstSeed,
    int folds) {

  /**
   * @throws io.github.lstmfcn.error.InvalidInputException if a value is out of its range
   */
  public Grid {
    sets = sets.stream().distinct().toList();
    kinds = kinds.stream().distinct().toList();
    cells = cells.stream().distinct().toList();
    cells.forEach(value -> RecipeValues.check("cells", value, value >= 1, "1 or more"));
    RecipeValues.check("seeds", seeds, seeds >= 1, "1 or more");
    RecipeValues.check("folds", folds, folds == 0 || folds >= 2, "2 or more");
  }

  /** Every run of the grid, set by set. */
  public List<GridPoint> points() {
    List<GridPoint> points = new ArrayList<>();
    for (String set : sets) {
      for (ModelKind kind : kinds) {
        for (int size : cells) {
          for (int seed = 0; seed < seeds; seed++) {
            GridPoint point = new GridPoint(set, kind, size, firstSeed + seed, null);
            folded(point).forEach(points::add);
          }
        }
      }
    }
    return points;
  }

  private Stream<GridPoint> folded(GridPoint point) {
    return folds == 0
        ? Stream.of(point)
        : IntStream.rangeClosed(1, folds)
            .mapToObj(
                number ->
                    new GridPoint(
                        point.set(),
                        point.kind(),
                        point.cells(),
                        point.seed(),
                        new Fold(number, folds)));
  }
}
