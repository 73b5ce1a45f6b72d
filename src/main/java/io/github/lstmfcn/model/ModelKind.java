package io.github.lstmfcn.model;

/** The kind of network, by the recurrent layer that reads the dimension-shuffled input. */
public enum ModelKind {
  /** LSTM-FCN, with Keras' {@code LSTM} layer. */
  LSTM_FCN("LSTM-FCN"),
  /** ALSTM-FCN, with the attention LSTM of the papers' authors. */
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
