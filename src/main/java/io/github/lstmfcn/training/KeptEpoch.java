package io.github.lstmfcn.training;

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
record KeptEpoch(Epoch epoch, Score kept, Score last, int lastEpoch) {
  /** A difference in accuracy that is more than a dropout's or a few series' chance. */
  private static final double FAR = 0.1;

  /** One sentence for each fault. */
  List<String> warnings(Recipe recipe) {
    List<String> warnings = new ArrayList<>();
    if (last.accuracy() - kept.accuracy() > FAR) {
      warnings.add(
          "The kept weights, of epoch %d, reach an accuracy of %s on TRAIN, those of the last epoch, %d, %s: weights-last.h5 has the latter, and --no-save-best-only keeps them."
              .formatted(epoch.number(), decimal(kept), lastEpoch, decimal(last)));
    }
    if (epoch.training().accuracy() - kept.accuracy() > FAR) {
      warnings.add(
          "Epoch %d, which is kept, reached an accuracy of %s on TRAIN in training, but its weights reach %s at inference: %s."
              .formatted(
                  epoch.number(),
                  decimal(epoch.training()),
                  decimal(kept),
                  recipe.preciseBatchNorm()
                      ? "the last steps undid it; lower --learning-rate"
                      : "the moving averages of the batch normalisation have not settled; train"
                          + " longer, or add --precise-batch-norm"));
    }
    return warnings;
  }

  private static String decimal(Score score) {
    return String.format(Locale.ROOT, "%.4f", score.accuracy());
  }
}
