package io.github.lstmfcn.keras;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * What the original stack computed with one weight file.
 *
 * @param weights a weight file; a case may have several, in different containers
 * @param reference the folder of {@code reference.h5} and {@code case.json}
 */
public record ReferenceCase(Path weights, Path reference) {

  /** Every shipped case; with the property {@code lstmfcn.shared} those on real data too. */
  public static Stream<ReferenceCase> all() {
    List<ReferenceCase> cases = new ArrayList<>();
    for (Path folder : children(Path.of("keras-weights"))) {
      Path reference = Path.of("testdata", "references", folder.getFileName().toString());
      weightFiles(folder).forEach(file -> cases.add(new ReferenceCase(file, reference)));
    }
    String shared = System.getProperty("lstmfcn.shared");
    if (shared != null && !shared.isEmpty()) {
      Path multivariate = Path.of(shared, "reference", "multivariate");
      Stream.of(
              Path.of(shared, "reference", "ucr"),
              multivariate.resolve("synthetic"),
              multivariate.resolve("ucr"))
          .flatMap(parent -> children(parent).stream())
          .filter(
              folder -> !Files.exists(Path.of("keras-weights", folder.getFileName().toString())))
          .forEach(
              folder ->
                  weightFiles(folder).forEach(file -> cases.add(new ReferenceCase(file, folder))));
    }
    return cases.stream();
  }

  /** The case of a shipped file. */
  public static ReferenceCase of(String name, String file) {
    return new ReferenceCase(
        Path.of("keras-weights", name, file), Path.of("testdata", "references", name));
  }

  private static List<Path> children(Path folder) {
    try (Stream<Path> children = Files.list(folder)) {
      return children.filter(Files::isDirectory).sorted().toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static List<Path> weightFiles(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().matches(".*\\.(h5|keras)"))
          .filter(file -> !file.endsWith("reference.h5"))
          .sorted()
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Versions, normalisation, {@code correct}. */
  public JsonNode facts() {
    try {
      return new ObjectMapper().readTree(reference.resolve("case.json").toFile());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Whether the 2019 attention cell, which sums over the batch, computed it. */
  public boolean acrossBatch() {
    return reference.getFileName().toString().startsWith("2019-alstmfcn");
  }

  /** A dataset of {@code reference.h5}, flat, or null if it is not there. */
  public float[] floats(String name) {
    try (HdfFile hdf = new HdfFile(reference.resolve("reference.h5"))) {
      return hdf.getChild(name) instanceof Dataset dataset ? floats(dataset.getDataFlat()) : null;
    }
  }

  private static float[] floats(Object values) {
    if (values instanceof float[] floats) {
      return floats;
    }
    int[] numbers = (int[]) values; // a mask
    float[] floats = new float[numbers.length];
    for (int index = 0; index < floats.length; index++) {
      floats[index] = numbers[index];
    }
    return floats;
  }

  /** Those of the names that {@code reference.h5} has. */
  public List<String> layers(List<String> names) {
    try (HdfFile hdf = new HdfFile(reference.resolve("reference.h5"))) {
      return names.stream().filter(hdf.getChildren()::containsKey).toList();
    }
  }

  /** The weight file, read with the length of the series, which subsampled networks leave open. */
  public KerasFile file() {
    return KerasWeights.read(weights, OptionalInt.of(shape("input")[2]));
  }

  /** The shape of a dataset of {@code reference.h5}. */
  public int[] shape(String name) {
    try (HdfFile hdf = new HdfFile(reference.resolve("reference.h5"))) {
      return hdf.getDatasetByPath(name).getDimensions();
    }
  }

  /** Class of every sample, as it was scored. */
  public int[] labels() {
    try (HdfFile hdf = new HdfFile(reference.resolve("reference.h5"))) {
      long[] labels = (long[]) hdf.getDatasetByPath("label_index").getDataFlat();
      return java.util.Arrays.stream(labels).mapToInt(Math::toIntExact).toArray();
    }
  }

  /** The series as they were fed, {@code [N][variables × length]}. */
  public float[][] series() {
    int[] shape = shape("input");
    float[] flat = floats("input");
    int width = shape[1] * shape[2];
    float[][] series = new float[shape[0]][width];
    for (int row = 0; row < series.length; row++) {
      System.arraycopy(flat, row * width, series[row], 0, width);
    }
    return series;
  }

  @Override
  public String toString() {
    return reference.getFileName() + "/" + weights.getFileName();
  }
}
