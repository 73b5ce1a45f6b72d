package io.github.lstmfcn.data;

import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * One of the 128 sets of the UCR archive, as published.
 *
 * @param id upstream's number of the set
 * @param upstreamName how the original code calls it
 * @param name2018 its name in the 2018 archive
 * @param name2015 its name in the 2015 archive; empty if it was not in it
 * @param length steps of a series; of the longest where they differ
 * @param classes how many classes
 * @param trainSize2018 series of TRAIN in the 2018 archive
 * @param testSize2018 series of TEST in the 2018 archive
 * @param swappedIn2015 whether the 2015 archive has TRAIN and TEST the other way round
 * @param weightsPrefix2017 the name before {@code _weights.h5} in the release of 2017; empty if
 *     that has none
 * @param cellsLstmFcn2017 LSTM cells of the release's LSTM-FCN
 * @param cellsAlstmFcn2017 LSTM cells of the release's ALSTM-FCN
 * @param epochs2017 how many epochs the release was trained
 * @param batchSize2017 the batch that it was trained with
 */
public record UcrSet(
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

  /** Every name that the set goes by, without repetition: 2018, 2015, upstream. */
  public Stream<String> names() {
    return Stream.of(name2018, name2015, upstreamName).filter(n -> !n.isEmpty()).distinct();
  }
}
