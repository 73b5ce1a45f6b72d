package io.github.lstmfcn.training.loop;

import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.training.Recipe;
import io.github.lstmfcn.training.engine.OptimizerState;
import java.util.Optional;

/**
 * The complete state of a training run between two epochs; the order of the series and the dropout
 * follow from the recipe's seed and the numbers of epoch and step.
 *
 * @param weights the current weights
 * @param best the weights after the best epoch; empty while there is none
 * @param optimizer the state of Adam and of the moving averages
 * @param progress the state apart from weights and optimizer
 */
public record TrainingState(
    ModelWeights weights,
    Optional<ModelWeights> best,
    OptimizerState optimizer,
    Progress progress) {

  /** The weights that the recipe selects: those of the best epoch or of the last. */
  public ModelWeights selected(Recipe recipe) {
    return best.filter(found -> recipe.selection().saveBestOnly()).orElse(weights);
  }

  /** The epoch of the selected weights, from 1; 0 if there is none. */
  public int selectedEpoch(Recipe recipe) {
    return recipe.selection().saveBestOnly() ? progress.bestEpoch() : progress.epoch();
  }
}
