package io.github.lstmfcn.model;

/** The kind of network, by its branches; it follows from the {@link ModelSpec}. */
public enum ModelKind {
  /** LSTM-FCN, with Keras' {@code LSTM} layer. */
  LSTM_FCN("LSTM-FCN", false),
  /** ALSTM-FCN, with the attention LSTM of the papers' authors. */
  ALSTM_FCN("ALSTM-FCN", true),
  /** MLSTM-FCN of the multivariate paper: LSTM-FCN with squeeze-and-excite blocks. */
  MLSTM_FCN("MLSTM-FCN", false),
  /** MALSTM-FCN of the multivariate paper: ALSTM-FCN with squeeze-and-excite blocks. */
  MALSTM_FCN("MALSTM-FCN", true),
  /** The convolutional branch alone, an ablation of the 2019 paper. */
  FCN("FCN", false),
  /** The LSTM alone, an ablation of the 2019 paper. */
  LSTM("LSTM", false),
  /** The attention LSTM alone. */
  ALSTM("ALSTM", true);

  private final String title;
  private final boolean attention;

  ModelKind(String title, boolean attention) {
    this.title = title;
    this.attention = attention;
  }

  /** {@return whether the recurrent layer is the attention LSTM} */
  public boolean hasAttention() {
    return attention;
  }

  /** {@return whether the network has a recurrent branch} */
  public boolean hasRecurrence() {
    return this != FCN;
  }

  /** {@return whether the network has a convolutional branch} */
  public boolean hasConvolutions() {
    return this != LSTM && this != ALSTM;
  }

  /** {@return whether convolution blocks have squeeze-and-excite} */
  public boolean hasSqueezeAndExcite() {
    return this == MLSTM_FCN || this == MALSTM_FCN;
  }

  /** As the papers write it. */
  @Override
  public String toString() {
    return title;
  }
}
