package io.github.lstmfcn.verification;

import io.github.lstmfcn.data.Dataset;
import io.github.lstmfcn.data.Era;
import io.github.lstmfcn.data.Split;
import io.github.lstmfcn.data.UcrDataset;
import java.util.ArrayList;
import java.util.List;

/** Both splits of a dataset. */
record SplitPair(Dataset train, Dataset test) {
  Dataset get(Split split) {
    return split == Split.TRAIN ? train : test;
  }

  List<String> allLabels() {
    List<String> labels = new ArrayList<>(train.labels());
    labels.addAll(test.labels());
    return labels;
  }

  /**
   * The length of a model that was trained on this dataset: that of the longest series, of
   * multivariate ones the longest of TRAIN.
   */
  int length() {
    return train.variables() > 1 ? train.length() : Math.max(train.length(), test.length());
  }

  /**
   * The lengths that a model of this dataset may have: the original code drops the steps that are
   * missing in all series of a split.
   */
  List<Integer> lengths() {
    return List.of(
        Math.max(train.length(), test.length()),
        train.length(),
        test.length(),
        train.unpaddedLength(),
        test.unpaddedLength());
  }

  /**
   * Which archive has TRAIN and TEST as they are here. The sizes decide; where they do not, the
   * name of the file does.
   */
  Era arrangement(UcrDataset set, Era byName) {
    return set.arrangement(train.size(), test.size())
        .orElse(byName == Era.ARCHIVE_2015 ? Era.ARCHIVE_2015 : Era.ARCHIVE_2018);
  }
}
