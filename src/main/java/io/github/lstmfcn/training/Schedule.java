package io.github.lstmfcn.training;

import io.github.lstmfcn.error.InvalidInputException;
import java.util.Objects;

/**
 * How long a training goes on, and in which order it takes the series.
 *
 * @param epochs at most
 * @param batchSize series per step; the last batch of an epoch is short
 * @param shuffle whether each epoch takes the series in another order
 * @param earlyStopping when to end before the last epoch
 */
public record Schedule(int epochs, int batchSize, boolean shuffle, EarlyStopping earlyStopping) {

  /**
   * @throws InvalidInputException if a value is out of its range
   */
  public Schedule {
    Values.check("epochs", epochs, epochs >= 1, "1 or more");
    Values.check("batchSize", batchSize, batchSize >= 1, "1 or more");
    Objects.requireNonNull(earlyStopping, "earlyStopping");
  }
}
