package io.github.lstmfcn.data;

/**
 * The UCR archive that a file comes from, as far as its name tells. It matters because 14 datasets
 * have TRAIN and TEST exchanged between the two archives ({@link UcrDataset#swappedIn2015()}).
 */
public enum Era {
  /** The 2015 archive. {@code X_TRAIN}: comma-separated, no extension. */
  ARCHIVE_2015,
  /** The 2018 archive. {@code X_TRAIN.tsv}. */
  ARCHIVE_2018,
  /**
   * Any archive: a name with {@code .ts}, {@code .arff}, {@code .csv} or {@code .txt} does not tell
   * which.
   */
  OTHER
}
