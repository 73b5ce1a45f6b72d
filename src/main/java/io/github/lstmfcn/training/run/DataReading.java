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
 * How a run's files of data are read, where their formats leave that open.
 *
 * @param layout of both files
 * @param trainLabels the file of TRAIN's labels; null if they are with the series
 * @param testLabels likewise of TEST
 * @param split how one file became TRAIN and TEST; null if it did not
 */
public record DataReading(
    TableLayout layout,
    @OrNull FileDigest trainLabels,
    @OrNull FileDigest testLabels,
    @OrNull TestShare split) {

  /** As files say it themselves. */
  static final DataReading STANDARD = new DataReading(TableLayout.STANDARD, null, null, null);

  /**
   * How two sources are read; null if it is as files say it themselves.
   *
   * @param testOrNull null if there is no TEST
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
