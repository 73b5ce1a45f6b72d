package io.github.lstmfcn.data.archive;

import io.github.lstmfcn.data.Dataset;
import io.github.lstmfcn.data.Era;
import io.github.lstmfcn.data.Split;
import io.github.lstmfcn.data.UcrCatalog;
import io.github.lstmfcn.data.UcrDataset;
import io.github.lstmfcn.data.format.FileName;
import io.github.lstmfcn.data.format.TextFile;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.text.EditDistance;
import io.github.lstmfcn.text.NumberText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A folder of UCR datasets: the root of an archive ({@code X/X_TRAIN.tsv}), or a folder with the
 * files themselves ({@code X_TRAIN.tsv}).
 *
 * <p>Supported formats are those of the 2018 archive ({@code .tsv}) and of the 2015 archive (no
 * extension), {@code .ts}, {@code .arff}, then {@code .csv} and {@code .txt}, plain or with {@code
 * .gz}. If a dataset exists in several formats, both splits are taken from the first of these
 * formats that has both. The folder is read once, when it is opened.
 *
 * <p>A dataset is found by its name, in any case where that is unique, and by its name in the other
 * archive or in the original code ({@code 50words} finds {@code FiftyWords}).
 */
public final class UcrArchive {
  private static final int SUGGESTED = 8;

  private final Path folder;
  private final Map<String, DatasetFiles> sets;

  private UcrArchive(Path folder, Map<String, DatasetFiles> sets) {
    this.folder = folder;
    this.sets = sets;
  }

  /**
   * Opens a folder of datasets, or, given one file of a dataset, an archive of this dataset alone.
   *
   * @param folderOrFile the folder, or a file whose name ends in {@code _TRAIN} or {@code _TEST}
   *     before its extension
   * @return the archive
   * @throws InvalidInputException if the path contains no dataset
   */
  public static UcrArchive open(Path folderOrFile) {
    try {
      return Files.isDirectory(folderOrFile) ? ofFolder(folderOrFile) : ofFile(folderOrFile);
    } catch (IOException e) {
      throw TextFile.unreadable(folderOrFile, e);
    }
  }

  private static UcrArchive ofFolder(Path folder) throws IOException {
    Map<String, DatasetFiles> sets = ArchiveIndex.of(folder);
    if (sets.isEmpty()) {
      throw new InvalidInputException(
          folder,
          "",
          "files <dataset>_TRAIN and <dataset>_TEST, here or in folders named like the dataset",
          "none",
          "name the archive's root or the folder of one dataset");
    }
    return new UcrArchive(folder, sets);
  }

  private static UcrArchive ofFile(Path file) {
    FileName name = FileName.of(file);
    if (!Files.exists(file)) {
      throw new InvalidInputException(file, "", "a folder or file", "nothing of that name", "");
    }
    if (name.split().isEmpty()) {
      throw new InvalidInputException(
          file,
          "",
          "a name that ends in _TRAIN or _TEST",
          name.set(),
          "say which it is: --train FILE, --test FILE or --split, or split it: --test-size");
    }
    DatasetFiles files = new DatasetFiles(name.kind());
    for (Split split : Split.values()) {
      Path sibling = sibling(file, name, split);
      if (Files.isRegularFile(sibling)) {
        files.add(split, sibling);
      }
    }
    return new UcrArchive(file, Map.of(name.set(), files));
  }

  private static Path sibling(Path file, FileName name, Split split) {
    Split own = name.split().orElseThrow();
    if (own == split) {
      return file;
    }
    String text = file.getFileName().toString();
    int at = text.toUpperCase(Locale.ROOT).lastIndexOf(own.name());
    int end = at + own.name().length();
    boolean lower = text.substring(at, end).equals(own.name().toLowerCase(Locale.ROOT));
    String other = lower ? split.name().toLowerCase(Locale.ROOT) : split.name();
    return file.resolveSibling(text.substring(0, at) + other + text.substring(end));
  }

  /** {@return the names of the datasets as their files spell them, in alphabetical order} */
  public List<String> names() {
    return sets.keySet().stream().sorted().toList();
  }

  /**
   * Reads one split of a dataset.
   *
   * @param name the name of the dataset
   * @param split the split to read
   * @return the dataset
   * @throws InvalidInputException as {@link #file} and {@link DatasetFile#read}
   */
  public Dataset read(String name, Split split) {
    return DatasetFile.read(file(name, split));
  }

  /**
   * The file of one split of a dataset.
   *
   * @param name the name of the dataset
   * @param split the split
   * @return the file
   * @throws InvalidInputException if the dataset is not in the archive, several names match, or
   *     this split is missing
   */
  public Path file(String name, Split split) {
    String found = resolve(name);
    DatasetFiles files = sets.get(found);
    return files
        .path(split)
        .orElseThrow(
            () ->
                new InvalidInputException(
                    folder,
                    "",
                    found + "_" + split + " beside " + files.path(split.other()).orElseThrow(),
                    "no such file",
                    "copy it there"));
  }

  /**
   * Finds the file of one split of a dataset.
   *
   * @param name the name of the dataset
   * @param split the split
   * @return the file; empty if the dataset or the split is missing, or several names match
   */
  public Optional<Path> find(String name, Split split) {
    List<String> found = candidates(name);
    return found.size() == 1 ? sets.get(found.get(0)).path(split) : Optional.empty();
  }

  /**
   * The archive that the files of a dataset come from, by their names.
   *
   * @param name the name of the dataset
   * @return the archive
   * @throws InvalidInputException if the dataset is not in the archive or several names match
   */
  public Era era(String name) {
    return sets.get(resolve(name)).kind().era();
  }

  /**
   * Finds a dataset's name.
   *
   * @param name the name in any case, of either archive or of the original code
   * @return the name as the files spell it
   * @throws InvalidInputException if the dataset is not in the archive or several names match
   */
  public String resolve(String name) {
    List<String> alike = candidates(name);
    if (alike.size() == 1) {
      return alike.get(0);
    }
    if (alike.isEmpty()) {
      throw new InvalidInputException(
          folder, "", "one of its datasets", NumberText.shown(name), suggestions(name));
    }
    throw new InvalidInputException(
        folder,
        "",
        "the name of one set",
        NumberText.shown(name) + ", which fits " + String.join(", ", alike),
        "write it as one of these");
  }

  private List<String> candidates(String name) {
    if (sets.containsKey(name)) {
      return List.of(name);
    }
    List<String> alike = sets.keySet().stream().filter(name::equalsIgnoreCase).sorted().toList();
    return alike.isEmpty() ? aliases(name) : alike;
  }

  private List<String> aliases(String name) {
    return UcrCatalog.published().find(name).stream()
        .flatMap(UcrDataset::names)
        .flatMap(alias -> sets.keySet().stream().filter(alias::equalsIgnoreCase))
        .distinct()
        .sorted()
        .toList();
  }

  private String suggestions(String name) {
    Map<Integer, List<String>> byDistance =
        sets.keySet().stream()
            .sorted()
            .collect(
                Collectors.groupingBy(
                    known -> EditDistance.between(folded(name), folded(known)),
                    TreeMap::new,
                    Collectors.toList()));
    Stream<String> nearest = byDistance.values().stream().flatMap(List::stream).limit(SUGGESTED);
    String list = nearest.collect(Collectors.joining(", "));
    return sets.size() > SUGGESTED
        ? "nearest of its " + sets.size() + " datasets: " + list
        : "it has " + list;
  }

  private static String folded(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
