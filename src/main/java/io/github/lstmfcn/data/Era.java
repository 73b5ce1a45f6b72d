package io.github.lstmfcn.data;

/**
 * Which UCR archive a file comes from, as far as its name tells. It matters because 14 sets have
 * TRAIN and TEST exchanged between the two ({@link UcrSet#swappedIn2015()}).
 */
public enum Era {
  /** {@code X_TRAIN}: comma-separated, no extension. */
  ARCHIVE_2015,
  /** {@code X_TRAIN.tsv}. */
  ARCHIVE_2018,
  /** {@code .ts}, {@code .arff}, {@code .csv}, {@code .txt}: the name does not tell. */
  OTHER
}
