package io.github.lstmfcn.evaluation;

import io.github.lstmfcn.json.OrNull;

/**
 * One way of measuring a model.
 *
 * @param file whose series were scored
 * @param split which half that file says it is
 * @param normalization of the series
 * @param labels how labels were encoded
 * @param attention what the attention sums over; empty for an LSTM-FCN
 * @param correct series
 * @param total series
 * @param figure the reported one that is nearest; null if nothing was reported
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

  /** Measured minus reported correct series; 0 if nothing was reported. */
  public int difference() {
    return figure == null ? 0 : correct - figure.correct(total);
  }

  /** {@code X_TEST, normalization sample, labels upstream, attention across-batch}. */
  public String settings() {
    String text = file + ", normalization " + normalization + ", labels " + labels;
    return attention.isEmpty() ? text : text + ", attention " + attention;
  }
}
