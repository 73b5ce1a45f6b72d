package io.github.lstmfcn.verification;

import io.github.lstmfcn.model.ModelKind;
import java.util.Optional;
import java.util.stream.Stream;

/** A column of the accuracies that were reported on multivariate datasets. */
public enum MultivariateColumn {
  /** The best earlier result that the original's README compares with. */
  STATE_OF_THE_ART("state_of_the_art", "multivariate README, state of the art before", "various"),
  /** LSTM-FCN in the README: the network without squeeze-and-excite. */
  LSTM_FCN("lstm_fcn", "multivariate README, LSTM-FCN", "TEST"),
  /** MLSTM-FCN in the README. */
  MLSTM_FCN("mlstm_fcn", "multivariate README, MLSTM-FCN", "TEST"),
  /** ALSTM-FCN in the README: the network without squeeze-and-excite. */
  ALSTM_FCN("alstm_fcn", "multivariate README, ALSTM-FCN", "TEST"),
  /** MALSTM-FCN in the README. */
  MALSTM_FCN("malstm_fcn", "multivariate README, MALSTM-FCN", "TEST"),
  /**
   * MLSTM-FCN on the UEA archive in table 13 of the TEST paper, which does not say where it is
   * from: it stands beside columns of other papers and is likely copied from one of them.
   */
  UEA_MLSTM_FCN("mlstm_fcn", "UEA table (copied, unconfirmed), MLSTM-FCN", "");

  private final String header;
  private final String title;
  private final String chosenOn;

  MultivariateColumn(String header, String title, String chosenOn) {
    this.header = header;
    this.title = title;
    this.chosenOn = chosenOn;
  }

  /** The columns of the original's README. */
  static Stream<MultivariateColumn> ofReadme() {
    return Stream.of(values()).filter(column -> column != UEA_MLSTM_FCN);
  }

  /** The column of the original's README for a kind of network; empty if there is none. */
  static Optional<MultivariateColumn> ofReadme(ModelKind kind) {
    return switch (kind) {
      case LSTM_FCN -> Optional.of(LSTM_FCN);
      case ALSTM_FCN -> Optional.of(ALSTM_FCN);
      case MLSTM_FCN -> Optional.of(MLSTM_FCN);
      case MALSTM_FCN -> Optional.of(MALSTM_FCN);
      default -> Optional.empty();
    };
  }

  /** The header of the column in the resource file. */
  String header() {
    return header;
  }

  /**
   * The split on which the checkpoints were selected: {@code TEST}, {@code various}, or empty if it
   * is not known.
   */
  public String chosenOn() {
    return chosenOn;
  }

  /** The title of the column, for people. */
  @Override
  public String toString() {
    return title;
  }
}
