package io.github.lstmfcn.model;

/** Which recurrent layer reads the dimension-shuffled input. */
public enum ModelKind {
  /** Keras' {@code LSTM}: LSTM-FCN. */
  LSTM_FCN("LSTM-FCN"),
  /** The attention LSTM of the paper's authors: ALSTM-FCN. */
  ALSTM_FCN("ALSTM-FCN");

  private final String title;

  ModelKind(String title) {
    this.title = title;
  }

  /** As the papers write it. */
  @Override
  public String toString() {
    return title;
  }
}
