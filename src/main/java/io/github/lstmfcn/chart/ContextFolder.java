package io.github.lstmfcn.chart;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.files.FolderKind;
import io.github.lstmfcn.files.NewFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A folder of contexts: {@code context.png} and {@code .svg}, or one pair per class as {@code
 * context-<k>}; {@code context.html}; {@code context.csv} with one line per step of each series.
 *
 * @param folder the folder, which must exist and is not to be seen before it is complete
 * @param title the title of page and pictures
 * @param formula how the context is computed
 */
public record ContextFolder(Path folder, String title, String formula) {
  /** The files of such a folder and of {@link AttentionFolder}. */
  public static final FolderKind KIND =
      FolderKind.shared(
          "context(-\\d+)?\\.(png|svg)|context\\.(html|csv)"
              + "|context-series/\\d+\\.js|attention\\.html|attention(-means)?\\.csv"
              + "|attended\\.csv|attention-(class|sample)-\\d+\\.(png|svg)"
              + "|attention-series/\\d+\\.js");

  /**
   * Writes page and table.
   *
   * @param samples the series with their contexts
   * @throws InvalidInputException if a file cannot be written
   */
  public void write(List<ContextSample> samples) {
    NewFile.write(folder.resolve("context.html"), file -> writePage(file, samples));
    NewFile.write(folder.resolve("context.csv"), file -> writeTable(file, samples));
  }

  /**
   * Draws some of the series into one picture.
   *
   * @param name the name of the file, without extension
   * @param of a text after the title, or empty
   * @param samples the series with their contexts
   * @param sequence whether the series, and the series times their contexts, are drawn too
   * @throws InvalidInputException if the picture cannot be written
   */
  public void draw(String name, String of, List<ContextSample> samples, boolean sequence) {
    new ContextChart(title + of, formula, samples, sequence).picture().write(folder, name);
  }

  private void writePage(Path file, List<ContextSample> samples) throws IOException {
    Map<String, Object> values = Map.of("title", title, "formula", formula);
    try (Page page =
        Page.start(Files.newBufferedWriter(file), ContextFolder.class, "context", values)
            .overflowingTo(folder.resolve("context-series"))) {
      for (ContextSample sample : samples) {
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("title", sample.title());
        item.put("series", Page.numbers(sample.series()));
        item.put("context", Page.numbers(sample.context()));
        item.put("attended", Page.numbers(sample.attended()));
        page.add(sample.title(), item);
      }
    }
  }

  private static void writeTable(Path file, List<ContextSample> samples) throws IOException {
    try (CsvWriter table = CsvWriter.builder().build(file)) {
      table.writeRecord("sample", "label", "step", "value", "context", "attended");
      for (ContextSample sample : samples) {
        for (int step = 0; step < sample.series().length; step++) {
          table.writeRecord(
              Integer.toString(sample.number()),
              sample.label(),
              Integer.toString(step),
              Float.toString(sample.series()[step]),
              Float.toString(sample.context()[step]),
              Float.toString(sample.attended()[step]));
        }
      }
    }
  }
}
