package io.github.lstmfcn.training.loop;

import io.github.lstmfcn.training.EarlyStopping;
import io.github.lstmfcn.training.Epoch;
import io.github.lstmfcn.training.History;
import io.github.lstmfcn.training.Monitor;
import io.github.lstmfcn.training.Optimization;
import io.github.lstmfcn.training.Recipe;
import io.github.lstmfcn.training.ReduceLrOnPlateau;
import java.util.Optional;

/**
 * The state of a training run apart from weights and optimizer.
 *
 * @param plateau the state of the learning rate's reduction
 * @param earlyStopping the state of early stopping
 * @param best the best epoch so far by the recipe's monitor; the first among equals
 * @param history the epochs so far
 */
public record Progress(
    ReduceLrOnPlateau.State plateau,
    EarlyStopping.State earlyStopping,
    Optional<Best> best,
    History history) {

  /**
   * An epoch that was better than all before.
   *
   * @param epoch the number of the epoch, from 1
   * @param value the monitored value
   */
  public record Best(int epoch, double value) {}

  /** The state before the first epoch. */
  public static Progress start(Recipe recipe) {
    Optimization optimization = recipe.optimization();
    Monitor monitor = recipe.selection().monitor();
    return new Progress(
        optimization.reduceLrOnPlateau().initial(monitor, optimization.adam().learningRate()),
        recipe.schedule().earlyStopping().initial(monitor),
        Optional.empty(),
        History.EMPTY);
  }

  /** The state after another epoch. */
  public Progress after(Epoch epoch, Recipe recipe) {
    Monitor monitor = recipe.selection().monitor();
    double value = monitor.of(epoch);
    double bestValue = best.map(Best::value).orElse(monitor.worst());
    ReduceLrOnPlateau rate = recipe.optimization().reduceLrOnPlateau();
    return new Progress(
        rate.after(plateau, value, monitor, recipe.kerasRelease()),
        recipe.schedule().earlyStopping().after(earlyStopping, value, monitor),
        monitor.improves(value, bestValue, 0) ? Optional.of(new Best(epoch.number(), value)) : best,
        history.and(epoch));
  }

  /** The number of completed epochs. */
  public int epoch() {
    return history.epochs().size();
  }

  /** The number of the best epoch; 0 while there is none. */
  public int bestEpoch() {
    return best.map(Best::epoch).orElse(0);
  }
}
