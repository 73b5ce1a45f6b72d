package io.github.lstmfcn.cli.option;

import io.github.lstmfcn.data.Era;
import io.github.lstmfcn.data.Split;
import io.github.lstmfcn.data.UcrCatalog;
import io.github.lstmfcn.data.UcrDataset;
import io.github.lstmfcn.data.archive.DataSource;
import io.github.lstmfcn.data.archive.DatasetFile;
import io.github.lstmfcn.error.InvalidInputException;
import java.util.Optional;

/**
 * The sources that a network is trained on and scored on.
 *
 * @param train the source of TRAIN
 * @param test the source of TEST; empty if there is none
 */
public record SplitSources(DataSource train, Optional<DataSource> test) {

  /**
   * The sources of a dataset. If its TRAIN and TEST are exchanged between the archives of 2015 and
   * 2018, and the files are of the one and those of the other were asked for, TRAIN is the file
   * that is named TEST. The numbers of series tell which archive the files are of; where they do
   * not, the format does.
   *
   * @throws InvalidInputException if the dataset or a file of it is missing, or neither tells which
   *     archive the files are of
   */
  static SplitSources of(DataFiles files, String set, SplitArrangement asked) {
    SplitSources named =
        new SplitSources(files.source(set, Split.TRAIN), files.find(set, Split.TEST));
    Optional<UcrDataset> exchanged =
        UcrCatalog.published().find(set).filter(UcrDataset::swappedIn2015);
    if (asked.era().isEmpty() || files.era(set).isEmpty() || exchanged.isEmpty()) {
      return named;
    }
    Era found = named.era(exchanged.get(), files.era(set).get());
    return found == asked.era().get() ? named : named.exchanged(files.source(set, Split.TEST));
  }

  private Era era(UcrDataset set, Era byFormat) {
    int trainSize = train.read().size();
    int testSize = test.map(source -> source.read().size()).orElse(0);
    Optional<Era> bySize = set.arrangement(trainSize, testSize);
    if (bySize.isEmpty() && byFormat == Era.OTHER) {
      throw new InvalidInputException(
          train.file(),
          "--splits",
          "TRAIN and TEST of %s and %s series, as in the archive of 2018, or exchanged, as in that of 2015"
              .formatted(set.trainSize2018(), set.testSize2018()),
          trainSize + " and " + testSize,
          "use --splits as-named, or --train and --test to say which is which");
    }
    return bySize.orElse(byFormat);
  }

  private SplitSources exchanged(DataSource other) {
    if (DatasetFile.hasBothSplits(train.file()) || DatasetFile.hasBothSplits(other.file())) {
      throw new InvalidInputException(
          train.file(),
          "--splits",
          "a file for TRAIN and one for TEST, to exchange them",
          "both in one file",
          "use --splits as-named");
    }
    return new SplitSources(as(Split.TRAIN, other), Optional.of(as(Split.TEST, train)));
  }

  private static DataSource as(Split split, DataSource source) {
    return new DataSource(source.file(), source.labels(), split, source.share(), source.layout());
  }
}
