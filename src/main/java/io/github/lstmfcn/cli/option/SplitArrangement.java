package io.github.lstmfcn.cli.option;

import io.github.lstmfcn.data.Era;
import java.util.Optional;

/** Which file of a dataset is TRAIN where the archives of 2015 and 2018 have the two exchanged. */
enum SplitArrangement {
  /** The one that is TRAIN in the archive of 2015. */
  OF_2015("2015", Era.ARCHIVE_2015),
  /** The one that is TRAIN in the archive of 2018. */
  OF_2018("2018", Era.ARCHIVE_2018),
  /** The one that is named so. */
  AS_NAMED("as-named", null);

  private final String title;
  private final Era era;

  SplitArrangement(String title, Era era) {
    this.title = title;
    this.era = era;
  }

  /** The archive; empty if the names of the files decide. */
  Optional<Era> era() {
    return Optional.ofNullable(era);
  }

  @Override
  public String toString() {
    return title;
  }
}
