package io.github.lstmfcn.training;

import io.github.lstmfcn.data.ClassLabels;
import io.github.lstmfcn.data.Dataset;
import io.github.lstmfcn.error.InvalidInputException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * One part of TRAIN in a cross-validation: every class is dealt out evenly, so that each fold has
 * its share of it.
 *
 * @param number from 1
 * @param of how many there are
 */
public record Fold(int number, int of) {

  /**
   * @throws InvalidInputException if there are fewer than two folds or the number is not one of
   *     them
   */
  public Fold {
    Values.check("folds", of, of >= 2, "2 or more");
    Values.check("fold", number, number >= 1 && number <= of, "1 to " + of);
  }

  /**
   * Makes sure that every fold of a set has a series of every class, and so has what is left.
   *
   * @throws InvalidInputException if a class has fewer series than there are folds; names it
   */
  public static void check(Dataset train, ClassLabels labels, int folds) {
    int[] classes = labels.indices(train.labels());
    for (int k = 0; k < labels.classes(); k++) {
      int index = k;
      int series = (int) Arrays.stream(classes).filter(other -> other == index).count();
      check(train.source(), labels.names().get(k), series, folds);
    }
  }

  /** The same of one class; one without series is no matter. */
  public static void check(Path sourceOrNull, String name, int series, int folds) {
    if (series > 0 && series < folds) {
      throw new InvalidInputException(
          sourceOrNull,
          "class " + name,
          "at least %d series, one for each of %d folds".formatted(folds, folds),
          "" + series,
          "take fewer folds, or hold out a part instead");
    }
  }

  @Override
  public String toString() {
    return "fold %d of %d".formatted(number, of);
  }
}
