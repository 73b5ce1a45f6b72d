package io.github.lstmfcn.training.loop;

import io.github.lstmfcn.training.Epoch;
import io.github.lstmfcn.training.Recipe;
import io.github.lstmfcn.training.Score;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the kept weights are worth on the series that were trained on, beside what the same training
 * reached otherwise: a kept epoch that is far below is hardly trained.
 *
 * @param epoch whose weights are kept
 * @param kept of these weights at inference
 * @param last of the weights after the last epoch at inference
 * @param lastEpoch its number
 */
public record SelectedEpoch(Epoch epoch, Score kept, Score last, int lastEpoch) {
  /** A difference in accuracy that is more than a dropout's or a few series' chance. */
  private static final double FAR = 0.1;

  /** One sentence for each fault. */
  public List<String> warnings(Recipe recipe) {
    List<String> warnings = new ArrayList<>();
    if (last.accuracy() - kept.accuracy() > FAR) {
      warnings.add(
          "Epoch %d is kept, with an accuracy of %s on TRAIN; the last one, %d, has %s: its weights"
                  .formatted(epoch.number(), decimal(kept), lastEpoch, decimal(last))
              + " are in weights-last.h5, and --no-save-best-only keeps them.");
    }
    if (epoch.training().accuracy() - kept.accuracy() > FAR) {
      String cause =
          recipe.layers().preciseBatchNorm()
              ? "the steps are too large or the batches too unlike; take a lower --learning-rate or"
                  + " larger batches."
              : "the moving averages of the batch normalisation have not settled; train longer, or"
                  + " add --precise-batch-norm.";
      warnings.add(
          "Epoch %d is kept, with an accuracy of %s on TRAIN at inference but %s in training: "
                  .formatted(epoch.number(), decimal(kept), decimal(epoch.training()))
              + cause);
    }
    return warnings;
  }

  private static String decimal(Score score) {
    return String.format(Locale.ROOT, "%.4f", score.accuracy());
  }
}
