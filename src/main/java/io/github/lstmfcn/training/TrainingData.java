package io.github.lstmfcn.training;

import io.github.lstmfcn.data.InvalidInputException;
import java.util.Optional;

/**
 * What a training sees.
 *
 * @param train to train on
 * @param validation to measure on after each epoch
 */
public record TrainingData(Examples train, Optional<Examples> validation) {

  /**
   * @throws InvalidInputException if lengths or classes differ
   */
  public TrainingData {
    if (validation.isPresent()) {
      Examples other = validation.get();
      if (other.length() != train.length() || !other.names().equals(train.names())) {
        throw new InvalidInputException(
            null,
            "validation",
            "length %d and classes %s, as in training".formatted(train.length(), train.names()),
            "length %d and classes %s".formatted(other.length(), other.names()),
            "");
      }
    }
  }

  /**
   * As a recipe has it: with TEST, a part of TRAIN, or nothing to validate on.
   *
   * @throws InvalidInputException if a class has one series only and a part is to be held out
   */
  public static TrainingData of(Recipe recipe, Examples train, Examples test) {
    return switch (recipe.validation()) {
      case NONE -> new TrainingData(train, Optional.empty());
      case TEST -> new TrainingData(train, Optional.of(test));
      case HOLD_OUT -> {
        HoldOut parts =
            HoldOut.stratified(
                train, recipe.validationSplit(), Randomness.HOLD_OUT.of(recipe.seed(), 0));
        yield new TrainingData(parts.train(), Optional.of(parts.validation()));
      }
    };
  }
}
