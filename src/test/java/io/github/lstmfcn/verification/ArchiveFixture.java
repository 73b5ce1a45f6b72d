package io.github.lstmfcn.verification;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;

/**
 * Writes noise under a set's name, in the layout of either archive.
 *
 * @param folder the archive's root
 * @param set the set's name
 * @param length steps of a series
 * @param labels of the classes
 */
record ArchiveFixture(Path folder, String set, int length, List<String> labels) {

  /** As the 2018 archive has it. */
  ArchiveFixture of2018(int train, int test) {
    write(7, train, set + "_TRAIN.tsv", "\t");
    write(8, test, set + "_TEST.tsv", "\t");
    return this;
  }

  /** As the 2015 archive has it. */
  ArchiveFixture of2015(int train, int test) {
    write(7, train, set + "_TRAIN", ",");
    write(8, test, set + "_TEST", ",");
    return this;
  }

  private void write(long seed, int series, String name, String separator) {
    Random random = new Random(seed);
    List<String> lines = new ArrayList<>();
    for (int row = 0; row < series; row++) {
      StringJoiner line = new StringJoiner(separator);
      line.add(labels.get(row % labels.size()));
      for (int step = 0; step < length; step++) {
        // Neither centred nor of unit variance: scaling matters.
        line.add(Float.toString((float) (3 + (1 + row % 5) * random.nextGaussian())));
      }
      lines.add(line.toString());
    }
    try {
      Files.createDirectories(folder.resolve(set));
      Files.write(folder.resolve(set).resolve(name), lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
