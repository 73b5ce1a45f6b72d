package io.github.lstmfcn.training.loop;

import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.training.Recipe;
import io.github.lstmfcn.training.engine.Examples;
import io.github.lstmfcn.training.engine.Randomness;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The data of a training run.
 *
 * @param train the series to train on
 * @param validation the series to score after each epoch
 */
public record TrainingData(Examples train, Optional<Examples> validation) {

  /**
   * Checks that both fit each other.
   *
   * @throws InvalidInputException if lengths or classes differ
   */
  public TrainingData {
    if (validation.isPresent()) {
      Examples other = validation.get();
      if (other.values() != train.values() || !other.names().equals(train.names())) {
        throw new InvalidInputException(
            null,
            "validation",
            "%s values per series and classes %s, as in training"
                .formatted(train.values(), train.names()),
            "%s values per series and classes %s".formatted(other.values(), other.names()),
            "");
      }
    }
  }

  /**
   * Selects the series for validation according to a recipe: TEST, a part of TRAIN, or none.
   *
   * @throws InvalidInputException if a class has too few series to hold out a part
   */
  public static TrainingData of(Recipe recipe, Examples train, Examples test) {
    return switch (recipe.validation().validatedOn()) {
      case NONE -> new TrainingData(train, Optional.empty());
      case TEST -> new TrainingData(train, Optional.of(test));
      case HOLD_OUT -> {
        RandomGenerator random = Randomness.HOLD_OUT.of(recipe.seed(), 0);
        HoldOut parts =
            recipe.validation().fold() == null
                ? HoldOut.stratified(train, recipe.validation().validationSplit(), random)
                : HoldOut.fold(train, recipe.validation().fold(), random);
        yield new TrainingData(parts.train(), Optional.of(parts.validation()));
      }
    };
  }
}
