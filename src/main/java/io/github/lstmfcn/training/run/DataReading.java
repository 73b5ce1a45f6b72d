package io.github.lstmfcn.training.run;

import io.github.lstmfcn.data.Split;
import io.github.lstmfcn.data.TableLayout;
import io.github.lstmfcn.data.archive.DataSource;
import io.github.lstmfcn.data.archive.TestShare;
import io.github.lstmfcn.files.FileDigest;
import io.github.lstmfcn.json.OrNull;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How the data files of a run are read, where their formats leave it open.
 *
 * @param layout the layout of both files
 * @param trainLabels the file with the labels of TRAIN; null if they are with the series
 * @param testLabels the file with the labels of TEST; null if they are with the series
 * @param split the random division of one file into TRAIN and TEST; null for separate files
 */
public record DataReading(
    TableLayout layout,
    @OrNull FileDigest trainLabels,
    @OrNull FileDigest testLabels,
    @OrNull TestShare split) {

  /** The reading of files whose names and formats leave nothing open. */
  static final DataReading STANDARD = new DataReading(TableLayout.STANDARD, null, null, null);

  /**
   * How two sources are read; null for {@link #STANDARD}.
   *
   * @param train the source of TRAIN
   * @param testOrNull the source of TEST; null if there is none
   */
  public static DataReading of(DataSource train, DataSource testOrNull) {
    DataReading reading =
        new DataReading(
            train.layout(),
            digested(train.labelsFile()),
            testOrNull == null ? null : digested(testOrNull.labelsFile()),
            train.share());
    return reading.equals(STANDARD) ? null : reading;
  }

  private static FileDigest digested(Optional<Path> file) {
    return file.map(FileDigest::of).orElse(null);
  }

  DataSource source(FileDigest file, Split part) {
    FileDigest labels = part == Split.TRAIN ? trainLabels : testLabels;
    return new DataSource(file.file(), labels == null ? null : labels.file(), part, split, layout);
  }
}
