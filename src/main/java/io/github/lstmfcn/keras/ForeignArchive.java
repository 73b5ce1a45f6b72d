package io.github.lstmfcn.keras;

import io.github.lstmfcn.error.InvalidInputException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Identifies zip archives that are no {@code .keras} archives: many programs store their files as
 * zip archives.
 */
final class ForeignArchive {
  private static final List<String> OF_KERAS = List.of("metadata.json", "config.json");
  private static final int NAMED = 5;
  private static final int MOST_ENTRIES = 10_000;

  private ForeignArchive() {}

  /**
   * Refuses an archive of another program.
   *
   * @throws InvalidInputException if the archive has none of the entries of a {@code .keras} file
   */
  static void refuse(Path file, ZipFile zip) {
    if (zip.size() > MOST_ENTRIES) {
      throw new InvalidInputException(
          file, "", "at most " + MOST_ENTRIES + " entries of a zip archive", zip.size() + "", "");
    }
    List<String> entries = zip.stream().map(ZipEntry::getName).toList();
    Set<String> names = new HashSet<>();
    for (String entry : entries) {
      if (!names.add(entry)) {
        throw new InvalidInputException(
            file, entry, "each entry once", "another of its name", "the archive is damaged");
      }
    }
    if (entries.stream().anyMatch(OF_KERAS::contains) || entries.contains("model.weights.h5")) {
      return;
    }
    throw new InvalidInputException(file, "", "a .keras archive", found(entries), remedy(entries));
  }

  private static String found(List<String> entries) {
    if (entries.isEmpty()) {
      return "an empty zip archive";
    }
    if (endsWith(entries, "data.pkl")) {
      return "a PyTorch file";
    }
    if (entries.contains("configuration.json") && endsWith(entries, ".bin")) {
      return "a model of Deeplearning4j";
    }
    if (endsWith(entries, ".npy")) {
      return "NumPy arrays (.npz)";
    }
    if (endsWith(entries, "saved_model.pb")) {
      return "a zipped SavedModel";
    }
    if (entries.contains("[Content_Types].xml")) {
      return "an Office document";
    }
    if (entries.contains("_metadata") && entries.contains("_obj")) {
      return "an estimator that sktime saved";
    }
    String names = entries.stream().limit(NAMED).collect(Collectors.joining(", "));
    return "a zip archive of " + names + (entries.size() > NAMED ? ", …" : "");
  }

  private static String remedy(List<String> entries) {
    List<String> models =
        entries.stream()
            .filter(name -> name.endsWith(".keras") || name.matches(".*\\.(h5|hdf5)"))
            .toList();
    if (!models.isEmpty()) {
      return "unpack it; its model is the entry " + String.join(" or ", models);
    }
    return endsWith(entries, "data.pkl")
        ? "build the same network in Keras, set its weights from this file, and save it with Keras"
        : "save the model with Keras' save_weights or save";
  }

  private static boolean endsWith(List<String> entries, String end) {
    return entries.stream().anyMatch(name -> name.endsWith(end));
  }
}
