package io.github.lstmfcn.data.archive;

import io.github.lstmfcn.data.Split;
import io.github.lstmfcn.data.format.FileName;
import io.github.lstmfcn.data.format.FileName.Kind;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * The files of one dataset in one format. TRAIN and TEST are never taken from two formats, since
 * they may be exchanged between the archives.
 *
 * @param kind the format of both files
 * @param paths the file of each split that exists
 */
record DatasetFiles(Kind kind, Map<Split, Path> paths) {
  /** Datasets with both splits first, then by the order of the formats. */
  static final Comparator<DatasetFiles> PREFERENCE =
      Comparator.comparing((DatasetFiles files) -> -files.paths.size())
          .thenComparing(DatasetFiles::kind);

  DatasetFiles(Kind kind) {
    this(kind, new EnumMap<>(Split.class));
  }

  /**
   * Adds a file unless there already is one for its split; a plain file replaces a compressed one.
   */
  void add(Split split, Path path) {
    paths.merge(split, path, (old, other) -> FileName.of(old).zipped() ? other : old);
  }

  Optional<Path> path(Split split) {
    return Optional.ofNullable(paths.get(split));
  }
}
