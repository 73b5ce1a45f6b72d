package io.github.lstmfcn.training;

import io.github.lstmfcn.data.ClassLabels;
import io.github.lstmfcn.data.Dataset;
import io.github.lstmfcn.error.InvalidInputException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A fold of TRAIN in a stratified cross-validation: the series of every class are distributed
 * evenly over the folds.
 *
 * @param number the number of the fold, from 1
 * @param of the number of folds
 */
public record Fold(int number, int of) {

  /**
   * Checks the numbers.
   *
   * @param number the component {@code number}
   * @param of the component {@code of}
   * @throws InvalidInputException if there are fewer than two folds, or there is no fold of that
   *     number
   */
  public Fold {
    RecipeValues.check("folds", of, of >= 2, "2 or more");
    RecipeValues.check("fold", number, number >= 1 && number <= of, "1 to " + of);
  }

  /**
   * Checks that every fold of a split, and the rest of the split, has a series of every class.
   *
   * @param train the TRAIN split
   * @param labels its classes
   * @param folds the number of folds
   * @throws InvalidInputException if a class has fewer series than there are folds; the message
   *     names the class
   */
  public static void check(Dataset train, ClassLabels labels, int folds) {
    int[] classes = labels.indices(train.labels());
    for (int k = 0; k < labels.classes(); k++) {
      int index = k;
      int series = (int) Arrays.stream(classes).filter(other -> other == index).count();
      check(train.source(), labels.names().get(k), series, folds);
    }
  }

  /**
   * Checks that every fold can have a series of a class; a class without series is accepted.
   *
   * @param sourceOrNull the file that the series come from, for the message; may be null
   * @param name the name of the class
   * @param series the number of series of the class
   * @param folds the number of folds
   * @throws InvalidInputException if the class has fewer series than there are folds
   */
  public static void check(Path sourceOrNull, String name, int series, int folds) {
    if (series > 0 && series < folds) {
      throw new InvalidInputException(
          sourceOrNull,
          "class " + name,
          "at least %s series, one for each of %s folds".formatted(folds, folds),
          "" + series,
          "use fewer folds, or hold out a validation split instead");
    }
  }

  @Override
  public String toString() {
    return "fold %s of %s".formatted(number, of);
  }
}
