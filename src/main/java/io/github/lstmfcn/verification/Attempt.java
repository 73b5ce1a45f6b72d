package io.github.lstmfcn.verification;

import io.github.lstmfcn.json.OrNull;

/**
 * The score of a model under one combination of settings.
 *
 * @param file the name of the file whose series were scored
 * @param split the split of that file, by its name
 * @param normalization how the series were normalised
 * @param labels how the labels were encoded
 * @param attention what the attention sums over; empty for an LSTM-FCN
 * @param correct the number of series classified correctly
 * @param total the number of series
 * @param figure the nearest reported accuracy; null if nothing was reported
 */
public record Attempt(
    String file,
    String split,
    String normalization,
    String labels,
    String attention,
    int correct,
    int total,
    @OrNull ReportedFigure figure) {

  /** {@return whether the counts and the reported accuracy can be} */
  boolean isSound() {
    return 0 <= correct
        && correct <= total
        && total > 0
        && (figure == null
            || (0 <= figure.accuracy() && figure.accuracy() <= 1 && figure.digits() > 0));
  }

  /**
   * {@return the measured minus the reported number of correct series, the nearest one that the
   * figure stands for; 0 if nothing was reported}
   */
  public int difference() {
    return figure == null ? 0 : correct - figure.nearest(correct, total);
  }

  /**
   * {@code X_TEST, normalization sample, labels upstream, attention across-batch}.
   *
   * @return the settings for people, as {@code X_TEST, normalization sample, labels upstream,
   *     attention across-batch}
   */
  public String settings() {
    String text = file + ", normalization " + normalization + ", labels " + labels;
    return attention.isEmpty() ? text : text + ", attention " + attention;
  }
}
