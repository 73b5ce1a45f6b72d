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
   */
  public record Best(int epoch, double value) {}

  /** Before the first epoch. */
  public static Progress start(Recipe recipe) {
    Optimization optimization = recipe.optimization();
    Monitor monitor = recipe.selection().monitor();
    return new Progress(
        optimization.reduceLrOnPlateau().initial(monitor, optimization.adam().learningRate()),
        recipe.schedule().earlyStopping().initial(monitor),
        Optional.empty(),
        History.EMPTY);
  }

  /** After one more epoch. */
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

  /** Epochs done. */
  public int epoch() {
    return history.epochs().size();
  }

  /** The number of the best epoch; 0 while there is none. */
  public int bestEpoch() {
    return best.map(Best::epoch).orElse(0);
  }
}
