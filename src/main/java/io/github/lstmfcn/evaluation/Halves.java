package io.github.lstmfcn.evaluation;

import io.github.lstmfcn.data.Dataset;
import io.github.lstmfcn.data.Era;
import io.github.lstmfcn.data.Split;
import io.github.lstmfcn.data.UcrSet;
import java.util.ArrayList;
import java.util.List;

/** Both halves of a set. */
record Halves(Dataset train, Dataset test) {
  Dataset get(Split split) {
    return split == Split.TRAIN ? train : test;
  }

  List<String> allLabels() {
    List<String> labels = new ArrayList<>(train.labels());
    labels.addAll(test.labels());
    return labels;
  }

  /** Lengths that a model of this set may have: upstream drops what is missing in a whole half. */
  List<Integer> lengths() {
    return List.of(
        Math.max(train.length(), test.length()),
        train.length(),
        test.length(),
        train.longestSeries(),
        test.longestSeries());
  }

  /** Sizes tell more than a file's name; that decides where sizes do not. */
  Era arrangement(UcrSet set, Era byName) {
    if (train.size() == set.trainSize2018() && test.size() == set.testSize2018()) {
      return Era.ARCHIVE_2018;
    }
    if (train.size() == set.testSize2018() && test.size() == set.trainSize2018()) {
      return Era.ARCHIVE_2015;
    }
    return byName == Era.ARCHIVE_2015 ? Era.ARCHIVE_2015 : Era.ARCHIVE_2018;
  }
}
