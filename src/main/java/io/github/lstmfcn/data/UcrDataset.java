package io.github.lstmfcn.data;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * A dataset of the UCR archive, as published.
 *
 * @param id the number of the dataset in the original code
 * @param upstreamName the name of the dataset in the original code
 * @param name2018 the name in the 2018 archive
 * @param name2015 the name in the 2015 archive; empty if the dataset is not part of it
 * @param length the number of steps of a series; of the longest one where lengths differ
 * @param classes the number of classes
 * @param trainSize2018 the number of series of TRAIN in the 2018 archive
 * @param testSize2018 the number of series of TEST in the 2018 archive
 * @param swappedIn2015 whether TRAIN and TEST are exchanged in the 2015 archive
 * @param weightsPrefix2017 the name of the weight file before {@code _weights.h5} in the release of
 *     2017; empty if there is none
 * @param cellsLstmFcn2017 the number of LSTM cells of the release's LSTM-FCN
 * @param cellsAlstmFcn2017 the number of LSTM cells of the release's ALSTM-FCN
 * @param epochs2017 the number of epochs that the release was trained for
 * @param batchSize2017 the batch size that the release was trained with
 */
public record UcrDataset(
    int id,
    String upstreamName,
    String name2018,
    String name2015,
    int length,
    int classes,
    int trainSize2018,
    int testSize2018,
    boolean swappedIn2015,
    String weightsPrefix2017,
    OptionalInt cellsLstmFcn2017,
    OptionalInt cellsAlstmFcn2017,
    OptionalInt epochs2017,
    OptionalInt batchSize2017) {

  /**
   * The archive whose TRAIN and TEST have these sizes, of a dataset that has them exchanged.
   *
   * @param trainSize the number of series of TRAIN
   * @param testSize the number of series of TEST
   * @return the archive; empty if the sizes are those of neither, or the same in both
   */
  public Optional<Era> arrangement(int trainSize, int testSize) {
    if (swappedIn2015 && trainSize == trainSize2018 && testSize == testSize2018) {
      return Optional.of(Era.ARCHIVE_2018);
    }
    if (swappedIn2015 && trainSize == testSize2018 && testSize == trainSize2018) {
      return Optional.of(Era.ARCHIVE_2015);
    }
    return Optional.empty();
  }

  /**
   * {@return the names of the dataset, without repetition: of the 2018 archive, of the 2015
   * archive, of the original code}
   */
  public Stream<String> names() {
    return Stream.of(name2018, name2015, upstreamName).filter(n -> !n.isEmpty()).distinct();
  }
}
