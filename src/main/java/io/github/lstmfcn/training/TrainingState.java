package io.github.lstmfcn.training;

import io.github.lstmfcn.model.ModelWeights;

/**
 * A training between two epochs, with all that it needs to go on as if it had not been cut: order
 * and dropout follow from the recipe's seed and the numbers of epoch and step.
 *
 * @param weights as they are now
 * @param optimizer what Adam and the moving averages remember
 * @param progress how far it is
 */
public record TrainingState(ModelWeights weights, OptimizerState optimizer, Progress progress) {

  /** The weights that the recipe keeps: the best epoch's or the last's. */
  public ModelWeights kept(Recipe recipe) {
    return progress
        .best()
        .filter(best -> recipe.saveBestOnly())
        .map(Progress.Best::weights)
        .orElse(weights);
  }

  /** Whose they are, from 1; 0 if no epoch was better than nothing. */
  public int keptEpoch(Recipe recipe) {
    return recipe.saveBestOnly()
        ? progress.best().map(Progress.Best::epoch).orElse(0)
        : progress.epoch();
  }
}
