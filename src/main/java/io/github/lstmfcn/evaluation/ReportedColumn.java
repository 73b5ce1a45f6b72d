package io.github.lstmfcn.evaluation;

import io.github.lstmfcn.data.UcrSet;

/** A column of the accuracies that were reported on the UCR archive. */
public enum ReportedColumn {
  /** The best that Table 1 of the 2017 paper compares with. */
  STATE_OF_THE_ART("sota_at_publication", "state of the art before", "various"),
  /** Table 1. */
  LSTM_FCN("lstm_fcn", "Table 1, LSTM-FCN", "TEST"),
  /** Table 1, after refinement. */
  REFINED_LSTM_FCN("lstm_fcn_refined", "Table 1, refined LSTM-FCN", "TEST"),
  /** Table 1. */
  ALSTM_FCN("alstm_fcn", "Table 1, ALSTM-FCN", "TEST"),
  /** Table 1, after refinement. */
  REFINED_ALSTM_FCN("alstm_fcn_refined", "Table 1, refined ALSTM-FCN", "TEST"),
  /** The original repository's table of checkpoints chosen on the training loss. */
  TRAIN_LOSS_LSTM_FCN("lstm_fcn_train_loss_checkpoint", "train-loss table, LSTM-FCN", "TRAIN"),
  /** The same. */
  TRAIN_LOSS_ALSTM_FCN("alstm_fcn_train_loss_checkpoint", "train-loss table, ALSTM-FCN", "TRAIN");

  private final String header;
  private final String title;
  private final String chosenOn;

  ReportedColumn(String header, String title, String chosenOn) {
    this.header = header;
    this.title = title;
    this.chosenOn = chosenOn;
  }

  /** Its header in the resource. */
  String header() {
    return header;
  }

  /** On which half the checkpoints were chosen. */
  public String chosenOn() {
    return chosenOn;
  }

  /**
   * How many series its figure of a set was measured on: TEST of the 2015 archive, in which some
   * sets have their halves the other way round. Which archive the train-loss table is of is not
   * known; there the half that the figure is a share of is taken.
   */
  int total(UcrSet set, ReportedFigure figure) {
    boolean tableOne = this != TRAIN_LOSS_LSTM_FCN && this != TRAIN_LOSS_ALSTM_FCN;
    boolean exchanged = set.swappedIn2015() && (tableOne || !figure.isShareOf(set.testSize2018()));
    return exchanged ? set.trainSize2018() : set.testSize2018();
  }

  /** Its name, for people. */
  @Override
  public String toString() {
    return title;
  }
}
