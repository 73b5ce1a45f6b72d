package io.github.lstmfcn.verification;

import io.github.lstmfcn.data.UcrDataset;

/** A column of the accuracies that were reported on the UCR archive. */
public enum ReportedColumn {
  /** The best earlier result that Table 1 of the 2017 paper compares with. */
  STATE_OF_THE_ART("sota_at_publication", "state of the art before", "various"),
  /** LSTM-FCN in Table 1. */
  LSTM_FCN("lstm_fcn", "Table 1, LSTM-FCN", "TEST"),
  /** LSTM-FCN in Table 1, after refinement. */
  REFINED_LSTM_FCN("lstm_fcn_refined", "Table 1, refined LSTM-FCN", "TEST"),
  /** ALSTM-FCN in Table 1. */
  ALSTM_FCN("alstm_fcn", "Table 1, ALSTM-FCN", "TEST"),
  /** ALSTM-FCN in Table 1, after refinement. */
  REFINED_ALSTM_FCN("alstm_fcn_refined", "Table 1, refined ALSTM-FCN", "TEST"),
  /** LSTM-FCN in the original repository's table of checkpoints selected by the training loss. */
  TRAIN_LOSS_LSTM_FCN("lstm_fcn_train_loss_checkpoint", "train-loss table, LSTM-FCN", "TRAIN"),
  /** ALSTM-FCN in the original repository's table of checkpoints selected by the training loss. */
  TRAIN_LOSS_ALSTM_FCN("alstm_fcn_train_loss_checkpoint", "train-loss table, ALSTM-FCN", "TRAIN");

  private final String header;
  private final String title;
  private final String chosenOn;

  ReportedColumn(String header, String title, String chosenOn) {
    this.header = header;
    this.title = title;
    this.chosenOn = chosenOn;
  }

  /** The header of the column in the resource file. */
  String header() {
    return header;
  }

  /**
   * {@return the split on which the checkpoints were selected: {@code TRAIN}, {@code TEST} or
   * {@code various}}
   */
  public String chosenOn() {
    return chosenOn;
  }

  /**
   * The number of series that the column's accuracy of a dataset was measured on: TEST of the 2015
   * archive, in which some datasets have their splits exchanged. It is not known to which archive
   * the train-loss table refers; there the split is taken of which the figure is a share.
   */
  int total(UcrDataset set, ReportedFigure figure) {
    boolean tableOne = this != TRAIN_LOSS_LSTM_FCN && this != TRAIN_LOSS_ALSTM_FCN;
    boolean exchanged = set.swappedIn2015() && (tableOne || !figure.isShareOf(set.testSize2018()));
    return exchanged ? set.trainSize2018() : set.testSize2018();
  }

  /** The title of the column, for people. */
  @Override
  public String toString() {
    return title;
  }
}
