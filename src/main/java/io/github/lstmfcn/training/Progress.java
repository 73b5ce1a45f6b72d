package io.github.lstmfcn.training;

import io.github.lstmfcn.model.ModelWeights;
import java.util.Optional;

/**
 * How far a training is, but for its weights.
 *
 * @param plateau of the learning rate
 * @param earlyStopping of the early end
 * @param best the best epoch so far by the recipe's monitor; the first of equals
 * @param history the epochs so far
 */
public record Progress(
    ReduceLrOnPlateau.State plateau,
    EarlyStopping.State earlyStopping,
    Optional<Best> best,
    History history) {

  /**
   * An epoch that was better than all before it.
   *
   * @param epoch its number, from 1
   * @param value of the monitor
   * @param weights at its end
   */
  public record Best(int epoch, double value, ModelWeights weights) {}

  /** Before the first epoch. */
  static Progress start(Recipe recipe) {
    return new Progress(
        recipe.reduceLrOnPlateau().initial(recipe.monitor(), recipe.adam().learningRate()),
        recipe.earlyStopping().initial(recipe.monitor()),
        Optional.empty(),
        History.EMPTY);
  }

  /**
   * After one more epoch.
   *
   * @param weights at its end
   */
  Progress after(Epoch epoch, Recipe recipe, ModelWeights weights) {
    Monitor monitor = recipe.monitor();
    double value = monitor.of(epoch);
    double bestValue = best.map(Best::value).orElse(monitor.worst());
    return new Progress(
        recipe.reduceLrOnPlateau().after(plateau, value, monitor, recipe.kerasRelease()),
        recipe.earlyStopping().after(earlyStopping, value, monitor),
        monitor.improves(value, bestValue, 0)
            ? Optional.of(new Best(epoch.number(), value, weights))
            : best,
        history.and(epoch));
  }

  /** Epochs done. */
  public int epoch() {
    return history.epochs().size();
  }
}
