package io.github.lstmfcn.search;

import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.training.Fold;
import io.github.lstmfcn.training.RecipeValues;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The networks from which a search selects, for every dataset: kinds × cells × seeds, × folds.
 *
 * @param sets the names of the datasets
 * @param kinds the kinds of networks
 * @param cells the numbers of cells of the recurrent layers; 8, 64 and 128 in 2019
 * @param seeds the number of runs of each network, which differ in their seed
 * @param firstSeed the first of the consecutive seeds
 * @param folds the number of folds of a cross-validation; 0 for the hold-out of the recipe
 */
public record Grid(
    List<String> sets,
    List<ModelKind> kinds,
    List<Integer> cells,
    int seeds,
    long firstSeed,
    int folds) {

  /**
   * Removes duplicates and checks the values.
   *
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

  /** Every run of the grid, dataset by dataset. */
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
