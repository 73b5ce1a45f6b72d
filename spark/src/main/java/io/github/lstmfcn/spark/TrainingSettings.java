package io.github.lstmfcn.spark;

import io.github.lstmfcn.Training;
import io.github.lstmfcn.data.Normalization;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.training.Adam;
import io.github.lstmfcn.training.Monitor;
import io.github.lstmfcn.training.Recipe;
import io.github.lstmfcn.training.RecipeBuilder;
import io.github.lstmfcn.training.Validation;
import java.io.Serializable;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The values of a training's parameters; null is the recipe's own.
 *
 * @param kind the kind of network; null for that which suits the number of variables
 * @param cells the number of cells of the recurrent layer
 * @param recipe the name of the recipe
 * @param epochs the maximum number of epochs
 * @param batchSize the number of series per training step
 * @param learningRate the initial learning rate
 * @param validationSplit the share of each class that is held out
 * @param monitor the value by which the epoch is selected
 * @param dropout the dropout rate
 * @param normalize how series are normalised
 * @param seed the seed
 */
record TrainingSettings(
    String kind,
    int cells,
    String recipe,
    Integer epochs,
    Integer batchSize,
    Double learningRate,
    Double validationSplit,
    String monitor,
    Double dropout,
    String normalize,
    long seed)
    implements Serializable {

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is out of its range, or needs another that is not set
   */
  void check() {
    try {
      recipe(1);
    } catch (InvalidInputException outOfRange) {
      throw new IllegalArgumentException(outOfRange.getMessage());
    }
  }

  /** Sets the values. */
  Training applyTo(Training training, int variables) {
    training.cells(cells).recipe(recipe(variables));
    if (kind != null) {
      training.kind(named(ModelKind.values(), kind));
    }
    return training;
  }

  private Recipe recipe(int variables) {
    Recipe named =
        switch (recipe) {
          case "2018" -> Recipe.recipe2018(false);
          case "2019" -> Recipe.recipe2019();
          default ->
              variables > 1 ? Recipe.standardMultivariate() : Recipe.standard(Optional.empty());
        };
    RecipeBuilder builder = named.toBuilder().seed(seed);
    if (epochs != null) {
      builder.epochs(epochs);
    }
    if (batchSize != null) {
      builder.batchSize(batchSize);
    }
    if (learningRate != null) {
      Adam adam = named.optimization().adam();
      builder.adam(new Adam(learningRate.floatValue(), adam.beta1(), adam.beta2(), adam.epsilon()));
    }
    if (validationSplit != null) {
      builder.validation(Validation.Source.HOLD_OUT).validationSplit(validationSplit);
    }
    if (monitor != null) {
      builder.monitor(named(Monitor.values(), monitor));
    }
    if (dropout != null) {
      builder.dropout(dropout.floatValue());
    }
    if (normalize != null) {
      builder.normalization(Normalization.valueOf(normalize.toUpperCase(Locale.ROOT)));
    }
    return builder.build();
  }

  private static <T> T named(T[] values, String name) {
    return Stream.of(values)
        .filter(value -> value.toString().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
