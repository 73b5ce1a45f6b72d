package io.github.lstmfcn.evaluation;

/** What came of verifying one file. */
public enum Verdict {
  /** As many correct series as reported, to the tolerance. */
  REPRODUCED("reproduced"),
  /** Another number of correct series. */
  OFF("off"),
  /** Measured, but nothing was reported. */
  NO_FIGURE("no figure"),
  /** The set is not at hand. */
  NO_DATA("no data"),
  /** Length or classes of the model are not the set's. */
  DOES_NOT_FIT("does not fit"),
  /** The weight file or the data cannot be read. */
  UNREADABLE("unreadable");

  private final String title;

  Verdict(String title) {
    this.title = title;
  }

  /** Whether it means that something is wrong. */
  public boolean isFailure() {
    return this == OFF || this == DOES_NOT_FIT || this == UNREADABLE;
  }

  @Override
  public String toString() {
    return title;
  }
}
