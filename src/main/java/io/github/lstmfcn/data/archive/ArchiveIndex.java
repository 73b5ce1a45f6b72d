package io.github.lstmfcn.data.archive;

import io.github.lstmfcn.data.format.FileName;
import io.github.lstmfcn.data.format.FileName.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Finds the sets that lie in a folder or, each in a folder of its own name, one level below. */
final class ArchiveIndex {
  private final Map<String, Map<Kind, SetFiles>> found = new TreeMap<>();

  private ArchiveIndex() {}

  /** The files of each set, by its name as the files spell it. */
  static Map<String, SetFiles> of(Path folder) throws IOException {
    ArchiveIndex index = new ArchiveIndex();
    List<Path> entries = list(folder);
    entries.stream()
        .filter(Files::isRegularFile)
        .forEach(file -> index.add(FileName.of(file), file));
    for (Path entry : entries) {
      if (Files.isDirectory(entry)) {
        index.addFolder(entry);
      }
    }
    Map<String, SetFiles> best = new TreeMap<>();
    index.found.forEach(
        (name, kinds) ->
            best.put(name, kinds.values().stream().min(SetFiles.PREFERENCE).orElseThrow()));
    return best;
  }

  private void addFolder(Path folder) throws IOException {
    for (Path file : list(folder)) {
      FileName name = FileName.of(file);
      // The folder must have the set's name: beside a set's, the archive has others (repaired
      // copies of the sets with missing values), whose files would pass for the originals.
      if (name.set().equalsIgnoreCase(folder.getFileName().toString())
          && Files.isRegularFile(file)) {
        add(name, file);
      }
    }
  }

  private void add(FileName name, Path file) {
    name.split()
        .ifPresent(
            split ->
                found
                    .computeIfAbsent(name.set(), n -> new EnumMap<>(Kind.class))
                    .computeIfAbsent(name.kind(), SetFiles::new)
                    .add(split, file));
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted().toList();
    }
  }
}
