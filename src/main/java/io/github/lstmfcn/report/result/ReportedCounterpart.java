package io.github.lstmfcn.report.result;

import io.github.lstmfcn.data.UcrCatalog;
import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.verification.MultivariateCatalog;
import io.github.lstmfcn.verification.ReportedAccuracies;
import io.github.lstmfcn.verification.ReportedColumn;
import io.github.lstmfcn.verification.ReportedFigure;
import io.github.lstmfcn.verification.ReportedScore;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the reported accuracy to compare a model with: same kind, weights selected on the same
 * split.
 */
final class ReportedCounterpart {
  private ReportedCounterpart() {}

  /**
   * The reported accuracy, or null if there is none, as for unknown datasets and for figures
   * measured on the other split.
   *
   * @param set the name of the dataset
   * @param kind the kind of the model, if it is known
   * @param chosenOn the split on which the weights were selected; if TEST or unknown, the figure is
   *     from Table 1 or from the tables of the multivariate networks' README, else from the
   *     train-loss table or, of unknown selection, from the table on the UEA archive
   * @param total the number of series that the model was scored on
   */
  static ReportedFigure find(String set, Optional<ModelKind> kind, String chosenOn, int total) {
    boolean onTest = chosenOn.isEmpty() || chosenOn.equals(Result.TEST);
    return kind.flatMap(
            known ->
                univariate(set, known, onTest, total)
                    .or(() -> MultivariateCatalog.find(set, known, onTest, total)))
        .map(ReportedScore::figure)
        .orElse(null);
  }

  private static Optional<ReportedScore> univariate(
      String set, ModelKind kind, boolean onTest, int total) {
    return UcrCatalog.published()
        .find(set)
        .flatMap(
            ucr -> column(kind, onTest).flatMap(column -> ReportedAccuracies.find(ucr, column)))
        .filter(score -> score.total() == total);
  }

  private static Optional<ReportedColumn> column(ModelKind kind, boolean onTest) {
    return switch (kind) {
      case LSTM_FCN ->
          Optional.of(onTest ? ReportedColumn.LSTM_FCN : ReportedColumn.TRAIN_LOSS_LSTM_FCN);
      case ALSTM_FCN ->
          Optional.of(onTest ? ReportedColumn.ALSTM_FCN : ReportedColumn.TRAIN_LOSS_ALSTM_FCN);
      default -> Optional.empty();
    };
  }

  /** The kind of network that a text names, as {@code MLSTM-FCN} or {@code MLSTMFCN}. */
  static Optional<ModelKind> kind(String text) {
    return Stream.of(ModelKind.values())
        .filter(kind -> letters(kind.toString()).equalsIgnoreCase(letters(text)))
        .findFirst();
  }

  private static String letters(String name) {
    return name.replaceAll("[-_ ]", "");
  }
}
