package io.github.lstmfcn.training;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.json.OrNull;
import java.util.Objects;

/**
 * The series on which {@code val_loss} and {@code val_accuracy} are measured.
 *
 * @param validatedOn the source of the series
 * @param validationSplit the share of TRAIN that {@link Source#HOLD_OUT} uses, in (0, 1)
 * @param fold the fold of a cross-validation, which {@link Source#HOLD_OUT} uses instead; null for
 *     none
 */
public record Validation(Source validatedOn, double validationSplit, @OrNull Fold fold) {

  /** The source of the series. */
  public enum Source {
    /** No series: there are no validation scores. */
    NONE,
    /** TEST, as in the release of 2017: what is selected by it is selected on TEST. */
    TEST,
    /** A part of TRAIN that is not used for training, with the same share of every class. */
    HOLD_OUT
  }

  /**
   * Checks the values.
   *
   * @param validatedOn the component {@code validatedOn}
   * @param validationSplit the component {@code validationSplit}
   * @param fold the component {@code fold}
   * @throws InvalidInputException if the share is out of its range, or there is a fold but no
   *     hold-out
   */
  public Validation {
    Objects.requireNonNull(validatedOn, "validatedOn");
    RecipeValues.check(
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
