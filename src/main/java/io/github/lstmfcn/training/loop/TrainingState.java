package io.github.lstmfcn.training.loop;

import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.training.Recipe;
import io.github.lstmfcn.training.engine.OptimizerState;
import java.util.Optional;

/**
 * A training between two epochs, with all that it needs to go on as if it had not been cut: order
 * and dropout follow from the recipe's seed and the numbers of epoch and step.
 *
 * @param weights as they are now
 * @param best those after the best epoch; empty while there is none
 * @param optimizer what Adam and the moving averages remember
 * @param progress how far it is
 */
public record TrainingState(
    ModelWeights weights,
    Optional<ModelWeights> best,
    OptimizerState optimizer,
    Progress progress) {

  /** The weights that the recipe keeps: the best epoch's or the last's. */
  public ModelWeights kept(Recipe recipe) {
    return best.filter(found -> recipe.selection().saveBestOnly()).orElse(weights);
  }

  /** Whose they are, from 1; 0 if no epoch was better than nothing. */
  public int keptEpoch(Recipe recipe) {
    return recipe.selection().saveBestOnly() ? progress.bestEpoch() : progress.epoch();
  }
}
