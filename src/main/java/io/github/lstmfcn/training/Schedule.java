package io.github.lstmfcn.training;

import io.github.lstmfcn.error.InvalidInputException;
import java.util.Objects;

/**
 * How long a network is trained, and in which order the series are used.
 *
 * @param epochs the maximum number of epochs
 * @param batchSize the number of series per step; the last batch of an epoch may be smaller
 * @param shuffle whether each epoch uses the series in another order
 * @param earlyStopping when training ends before the last epoch
 */
public record Schedule(int epochs, int batchSize, boolean shuffle, EarlyStopping earlyStopping) {

  /**
   * Checks the values.
   *
   * @param epochs the component {@code epochs}
   * @param batchSize the component {@code batchSize}
   * @param shuffle the component {@code shuffle}
   * @param earlyStopping the component {@code earlyStopping}
   * @throws InvalidInputException if a value is out of its range
   */
  public Schedule {
    RecipeValues.check("epochs", epochs, epochs >= 1, "1 or more");
    RecipeValues.check("batchSize", batchSize, batchSize >= 1, "1 or more");
    Objects.requireNonNull(earlyStopping, "earlyStopping");
  }
}
