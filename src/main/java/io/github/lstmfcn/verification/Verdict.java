package io.github.lstmfcn.verification;

/** The result of verifying one weight file. */
public enum Verdict {
  /** The number of correct series is the reported one, within the tolerance. */
  REPRODUCED("reproduced"),
  /** The number of correct series differs from the reported one. */
  OFF("off"),
  /** The file was scored, but no accuracy was reported for it. */
  NO_FIGURE("no figure"),
  /** The accuracy was reported on another split than the data has. */
  OTHER_SPLIT("other split"),
  /** The dataset is not available. */
  NO_DATA("no data"),
  /** Length or number of classes of the model differ from the dataset's. */
  DOES_NOT_FIT("does not fit"),
  /** The weight file or the data cannot be read. */
  UNREADABLE("unreadable");

  private final String title;

  Verdict(String title) {
    this.title = title;
  }

  /** {@return whether the verdict means that something is wrong} */
  public boolean isFailure() {
    return this == OFF || this == DOES_NOT_FIT || this == UNREADABLE;
  }

  @Override
  public String toString() {
    return title;
  }
}
