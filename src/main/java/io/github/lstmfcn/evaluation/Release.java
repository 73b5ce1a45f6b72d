package io.github.lstmfcn.evaluation;

import io.github.lstmfcn.model.ModelKind;
import java.util.List;

/** The two publications of weights, and where what was reported of each stands. */
enum Release {
  /** {@code <prefix>_weights.h5}: the checkpoints of Table 1, chosen on the test set. */
  OF_2017,
  /**
   * {@code {lstmfcn,alstmfcn}_{8,64,128}_cells_weights/<Name>_weights.h5}: the checkpoints chosen
   * on the training loss.
   */
  OF_2019;

  /** A column of the reported accuracies and its title. */
  record Column(String name, String title) {}

  List<Column> columns(ModelKind kind) {
    boolean lstm = kind == ModelKind.LSTM_FCN;
    String prefix = lstm ? "lstm_fcn" : "alstm_fcn";
    return switch (this) {
      case OF_2017 ->
          List.of(
              new Column(prefix, "Table 1, " + kind),
              new Column(prefix + "_refined", "Table 1, refined " + kind));
      case OF_2019 ->
          List.of(new Column(prefix + "_train_loss_checkpoint", "train-loss table, " + kind));
    };
  }
}
