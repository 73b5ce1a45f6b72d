package io.github.lstmfcn.verification;

import io.github.lstmfcn.model.ModelKind;
import java.util.List;

/** The two publications of weights, and the columns of reported accuracies that belong to each. */
enum Release {
  /** {@code <prefix>_weights.h5}: the checkpoints of Table 1, selected on the TEST split. */
  OF_2017,
  /**
   * {@code {lstmfcn,alstmfcn}_{8,64,128}_cells_weights/<Name>_weights.h5}: the checkpoints selected
   * by the training loss.
   */
  OF_2019;

  List<ReportedColumn> columns(ModelKind kind) {
    if (kind != ModelKind.LSTM_FCN && kind != ModelKind.ALSTM_FCN) {
      return List.of();
    }
    boolean lstm = kind == ModelKind.LSTM_FCN;
    return switch (this) {
      case OF_2017 ->
          lstm
              ? List.of(ReportedColumn.LSTM_FCN, ReportedColumn.REFINED_LSTM_FCN)
              : List.of(ReportedColumn.ALSTM_FCN, ReportedColumn.REFINED_ALSTM_FCN);
      case OF_2019 ->
          List.of(lstm ? ReportedColumn.TRAIN_LOSS_LSTM_FCN : ReportedColumn.TRAIN_LOSS_ALSTM_FCN);
    };
  }
}
