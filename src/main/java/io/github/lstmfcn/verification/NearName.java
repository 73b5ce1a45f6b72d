package io.github.lstmfcn.verification;

import io.github.lstmfcn.data.UcrCatalog;
import io.github.lstmfcn.text.EditDistance;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the published name that is nearest to the name of a weight file: case and punctuation are
 * ignored, and one or two letters may differ.
 */
final class NearName {
  private static final String ENDING = "_weights.h5";

  private NearName() {}

  /**
   * The published name that was probably meant.
   *
   * @param fileName the name of a weight file that is not a published one
   * @return the part before {@code _weights.h5} if the file ends with that, else the whole name;
   *     empty if no name is near, or several are
   */
  static Optional<String> of(String fileName) {
    boolean complete = fileName.endsWith(ENDING);
    String asked = plain(fileName.replaceFirst("_weights\\.h5$|\\.(h5|hdf5|keras)$", ""));
    Map<String, Integer> distances = new HashMap<>();
    UcrCatalog.published()
        .datasets()
        .forEach(set -> consider(set.weightsPrefix2017(), set.names(), asked, distances));
    MultivariateCatalog.datasets().stream()
        .filter(set -> set.folds() == 1)
        .forEach(set -> consider(set.weightsPrefix(), set.names(), asked, distances));
    int least = distances.values().stream().min(Comparator.naturalOrder()).orElse(0);
    Stream<String> nearest =
        distances.entrySet().stream()
            .filter(entry -> entry.getValue() == least)
            .map(Map.Entry::getKey);
    return nearest
        .reduce((one, other) -> "")
        .filter(name -> !name.isEmpty())
        .map(name -> complete ? name : name + ENDING);
  }

  /** Records the distance to the names of a dataset, if they are near. */
  private static void consider(
      String prefix, Stream<String> names, String asked, Map<String, Integer> distances) {
    if (prefix.isEmpty()) {
      return;
    }
    Stream.concat(Stream.of(prefix), names)
        .map(NearName::plain)
        .mapToInt(name -> EditDistance.between(asked, name))
        .min()
        .stream()
        .filter(distance -> distance <= Math.min(2, asked.length() / 4))
        .forEach(distance -> distances.merge(prefix, distance, Math::min));
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }
}
