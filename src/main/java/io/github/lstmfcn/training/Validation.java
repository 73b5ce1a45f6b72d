package io.github.lstmfcn.training;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.json.OrNull;
import java.util.Objects;

/**
 * On what {@code val_loss} and {@code val_accuracy} are measured.
 *
 * @param validatedOn the series
 * @param validationSplit share of TRAIN that {@link Source#HOLD_OUT} takes
 * @param fold of a cross-validation, which {@link Source#HOLD_OUT} takes instead; null for none
 */
public record Validation(Source validatedOn, double validationSplit, @OrNull Fold fold) {

  /** Where the series are from. */
  public enum Source {
    /** Nowhere: there are no such values. */
    NONE,
    /** TEST, as in 2017: whatever is chosen by it is chosen on the test set. */
    TEST,
    /** A part of TRAIN that is not trained on, of every class its share. */
    HOLD_OUT
  }

  /**
   * @throws InvalidInputException if the share is out of its range, or there is a fold and no
   *     hold-out
   */
  public Validation {
    Objects.requireNonNull(validatedOn, "validatedOn");
    Values.check(
        "validationSplit",
        validationSplit,
        validationSplit > 0 && validationSplit < 1,
        "in (0, 1)");
    if (fold != null && validatedOn != Source.HOLD_OUT) {
      throw new InvalidInputException(
          null, "fold", "validation on a hold-out", validatedOn.toString(), "leave the fold out");
    }
  }
}
