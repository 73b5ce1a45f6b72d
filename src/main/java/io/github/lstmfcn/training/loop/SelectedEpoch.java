package io.github.lstmfcn.training.loop;

import io.github.lstmfcn.training.Epoch;
import io.github.lstmfcn.training.Recipe;
import io.github.lstmfcn.training.Score;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The score of the selected weights on the training series, compared with the score in training and
 * with that of the last epoch: an accuracy far below these indicates a failed selection.
 *
 * @param epoch the selected epoch
 * @param selected the score of the selected weights at inference
 * @param last the score of the weights after the last epoch at inference
 * @param lastEpoch the number of the last epoch
 */
public record SelectedEpoch(Epoch epoch, Score selected, Score last, int lastEpoch) {
  /** A difference in accuracy that is too large to be caused by dropout or by a few series. */
  private static final double FAR = 0.1;

  /** The warnings, one sentence each. */
  public List<String> warnings(Recipe recipe) {
    List<String> warnings = new ArrayList<>();
    if (last.accuracy() - selected.accuracy() > FAR) {
      warnings.add(
          "Epoch %s is selected, with an accuracy of %s on TRAIN; the last epoch, %s, has %s."
                  .formatted(epoch.number(), decimal(selected), lastEpoch, decimal(last))
              + " Its weights are in weights-last.h5; use --no-save-best-only to select them.");
    }
    if (epoch.training().accuracy() - selected.accuracy() > FAR) {
      String cause =
          recipe.layers().preciseBatchNorm()
              ? "the steps are too large or the batches differ too much; use a lower --learning-rate "
                  + "or larger batches."
              : "the moving averages of the batch normalisation have not converged; train longer, or "
                  + "add --precise-batch-norm.";
      warnings.add(
          ("Epoch %s is selected, with an accuracy of %s on TRAIN at inference but %s in "
                      + "training: ")
                  .formatted(epoch.number(), decimal(selected), decimal(epoch.training()))
              + cause);
    }
    return warnings;
  }

  private static String decimal(Score score) {
    return String.format(Locale.ROOT, "%.4f", score.accuracy());
  }
}
