package io.github.lstmfcn.chart;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.explain.Features;
import io.github.lstmfcn.files.FolderKind;
import io.github.lstmfcn.files.NewFile;
import io.github.lstmfcn.files.NpyFile;
import io.github.lstmfcn.model.graph.Predictor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A folder of features: {@code features.csv} and {@code features.npy} with one row per series;
 * {@code classes.npy} with the class index of each series; {@code components.csv}; {@code
 * features.png}, {@code .svg} and {@code .html} of the principal components.
 *
 * @param folder the folder, which must exist and is not to be seen before it is complete
 * @param title the title of page and picture
 * @param labels the labels of the series
 * @param classes the class index of each series
 * @param names the names of the classes
 */
public record FeatureFolder(
    Path folder, String title, List<String> labels, int[] classes, List<String> names) {
  /** The files of such a folder. */
  public static final FolderKind KIND =
      FolderKind.shared("features\\.(html|npy|csv|png|svg)|classes\\.npy|components\\.csv");

  /**
   * Writes all files.
   *
   * @param features the features of the series, at least two series
   * @return the principal components that are drawn
   * @throws InvalidInputException if a file cannot be written
   */
  public PrincipalComponents write(Features features) {
    PrincipalComponents components = PrincipalComponents.of(features.values());
    NewFile.write(folder.resolve("features.html"), file -> writePage(file, features, components));
    NewFile.write(folder.resolve("features.npy"), file -> NpyFile.write(file, features.values()));
    NewFile.write(folder.resolve("classes.npy"), file -> NpyFile.write(file, classes));
    NewFile.write(
        folder.resolve("features.csv"),
        file -> writeTable(file, features, features.names(), features.values()));
    NewFile.write(
        folder.resolve("components.csv"),
        file ->
            writeTable(file, features, List.of("component_1", "component_2"), components.scores()));
    new FeatureChart(title, components, classes, names).picture().write(folder, "features");
    return components;
  }

  private String predicted(Features features, int row) {
    return names.get(Predictor.mostProbable(features.probabilities()[row]));
  }

  private void writeTable(Path file, Features features, List<String> columns, float[][] rows)
      throws IOException {
    try (CsvWriter table = CsvWriter.builder().build(file)) {
      List<String> header = new ArrayList<>(List.of("sample", "label", "predicted"));
      header.addAll(columns);
      table.writeRecord(header);
      for (int row = 0; row < rows.length; row++) {
        List<String> cells = new ArrayList<>();
        cells.add(Integer.toString(row));
        cells.add(labels.get(row));
        cells.add(predicted(features, row));
        for (float value : rows[row]) {
          cells.add(Float.toString(value));
        }
        table.writeRecord(cells);
      }
    }
  }

  private void writePage(Path file, Features features, PrincipalComponents components)
      throws IOException {
    List<String> predicted = new ArrayList<>();
    for (int row = 0; row < classes.length; row++) {
      predicted.add(predicted(features, row));
    }
    Map<String, Object> item = new LinkedHashMap<>();
    item.put("scores", Page.numbers(components.scores()));
    item.put("shares", components.shares());
    item.put("classes", classes);
    item.put("names", names);
    item.put("labels", labels);
    item.put("predicted", predicted);
    try (Page page =
        Page.start(
            Files.newBufferedWriter(file),
            FeatureFolder.class,
            "features",
            Map.of("title", title))) {
      page.add(title, item);
    }
  }
}
