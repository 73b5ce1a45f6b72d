package io.github.lstmfcn.report.result;

import io.github.lstmfcn.data.UcrCatalog;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.verification.ReportedAccuracies;
import io.github.lstmfcn.verification.ReportedColumn;
import io.github.lstmfcn.verification.ReportedFigure;
import io.github.lstmfcn.verification.ReportedScore;
import java.util.Optional;
import java.util.stream.Stream;

/** What was reported of a model of one's own: the figure of the same kind, chosen on the same. */
final class ReportedCounterpart {
  private ReportedCounterpart() {}

  /**
   * The figure, or null if there is none: nothing was reported of the set, or it was measured on
   * its other half.
   *
   * @param kind of the model, if it is known
   * @param chosenOn on what its weights were chosen; if on TEST or not known, Table 1 has the
   *     counterpart, else the train-loss table
   * @param total series that it was measured on
   */
  static ReportedFigure find(String set, Optional<ModelKind> kind, String chosenOn, int total) {
    boolean onTest = chosenOn.isEmpty() || chosenOn.equals(Result.TEST);
    return kind.map(known -> column(known, onTest))
        .flatMap(
            column ->
                UcrCatalog.published()
                    .find(set)
                    .flatMap(ucr -> ReportedAccuracies.find(ucr, column)))
        .filter(score -> score.total() == total)
        .map(ReportedScore::figure)
        .orElse(null);
  }

  private static ReportedColumn column(ModelKind kind, boolean onTest) {
    if (kind == ModelKind.LSTM_FCN) {
      return onTest ? ReportedColumn.LSTM_FCN : ReportedColumn.TRAIN_LOSS_LSTM_FCN;
    }
    return onTest ? ReportedColumn.ALSTM_FCN : ReportedColumn.TRAIN_LOSS_ALSTM_FCN;
  }

  /** The kind of network that a text names. */
  static Optional<ModelKind> kind(String text) {
    return Stream.of(ModelKind.values())
        .filter(kind -> kind.toString().equalsIgnoreCase(text))
        .findFirst();
  }
}
