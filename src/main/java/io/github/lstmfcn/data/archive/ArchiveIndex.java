package io.github.lstmfcn.data.archive;

import io.github.lstmfcn.data.format.FileName;
import io.github.lstmfcn.data.format.FileName.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Finds the datasets in a folder, whose files are in the folder itself or one level below in
 * folders that have the name of the dataset.
 */
final class ArchiveIndex {
  private final Map<String, Map<Kind, DatasetFiles>> found = new TreeMap<>();

  private ArchiveIndex() {}

  /** The files of each dataset, by the dataset's name as the files spell it. */
  static Map<String, DatasetFiles> of(Path folder) throws IOException {
    ArchiveIndex index = new ArchiveIndex();
    List<Path> entries = list(folder);
    for (Path file : entries) {
      Optional<DimensionFiles> dimensions = DimensionFiles.of(file);
      if (dimensions.isPresent()) {
        index.add(dimensions.get().set(), FileName.of(file), file);
      } else if (Files.isRegularFile(file) && !DimensionFiles.isFurther(file)) {
        index.add(FileName.of(file).set(), FileName.of(file), file);
      }
    }
    for (Path entry : entries) {
      if (Files.isDirectory(entry)) {
        index.addFolder(entry);
      }
    }
    Map<String, DatasetFiles> best = new TreeMap<>();
    index.found.forEach(
        (name, kinds) ->
            best.put(name, kinds.values().stream().min(DatasetFiles.PREFERENCE).orElseThrow()));
    return best;
  }

  private void addFolder(Path folder) throws IOException {
    for (Path file : list(folder)) {
      FileName name = FileName.of(file);
      // The folder must have the name of the dataset: the archive also has other folders (repaired
      // copies of the datasets with missing values), whose files would pass for the originals.
      if (name.set().equalsIgnoreCase(folder.getFileName().toString())
          && Files.isRegularFile(file)) {
        add(name.set(), name, file);
      }
    }
    for (Path file : list(folder)) {
      Optional<DimensionFiles> dimensions = DimensionFiles.of(file);
      if (dimensions.isPresent()
          && dimensions.get().set().equalsIgnoreCase(folder.getFileName().toString())) {
        add(dimensions.get().set(), FileName.of(file), file);
      }
    }
  }

  private void add(String set, FileName name, Path file) {
    name.split()
        .ifPresent(
            split ->
                found
                    .computeIfAbsent(set, n -> new EnumMap<>(Kind.class))
                    .computeIfAbsent(name.kind(), DatasetFiles::new)
                    .add(split, file));
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted().toList();
    }
  }
}
