package io.github.lstmfcn.chart;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.explain.ConvFilters;
import io.github.lstmfcn.files.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A folder of convolutions: {@code conv<block>-kernels} and {@code conv<block>-activations} of each
 * as {@code .png}, {@code .svg} and {@code .csv}; {@code filters.html}.
 *
 * @param folder the folder, which must exist
 * @param title the title of page and pictures
 */
public record FilterFolder(Path folder, String title) {

  /**
   * Writes all files.
   *
   * @param convolutions the convolutions
   * @throws InvalidInputException if a file cannot be written
   */
  public void write(List<ConvFilters> convolutions) {
    AtomicFile.write(folder.resolve("filters.html"), file -> writePage(file, convolutions));
    for (ConvFilters conv : convolutions) {
      String name = "conv" + conv.block();
      kernels(conv).picture().write(folder, name + "-kernels");
      activations(conv).picture().write(folder, name + "-activations");
      AtomicFile.write(folder.resolve(name + "-kernels.csv"), file -> writeKernels(file, conv));
      AtomicFile.write(
          folder.resolve(name + "-activations.csv"), file -> writeActivations(file, conv));
    }
  }

  private HeatMapChart kernels(ConvFilters conv) {
    return new HeatMapChart(
        title + ": convolution " + conv.block(),
        "Kernels: %d taps × %d input channels, the channels of a tap side by side"
            .formatted(conv.size(), conv.channels()),
        conv.kernels(),
        "filter",
        "tap",
        conv.size());
  }

  private HeatMapChart activations(ConvFilters conv) {
    return new HeatMapChart(
        title + ": convolution " + conv.block(),
        "Activations: ReLU output of the block, averaged over the series",
        conv.activations(),
        "filter",
        "step",
        conv.activations()[0].length);
  }

  private void writePage(Path file, List<ConvFilters> convolutions) throws IOException {
    try (Page page =
        Page.start(
            Files.newBufferedWriter(file), FilterFolder.class, "filters", Map.of("title", title))) {
      for (ConvFilters conv : convolutions) {
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("filters", conv.filters());
        item.put("size", conv.size());
        item.put("channels", conv.channels());
        item.put("kernels", Page.numbers(conv.kernels()));
        item.put("activations", Page.numbers(conv.activations()));
        page.add(
            "%d: %d filters, %d taps × %d channels"
                .formatted(conv.block(), conv.filters(), conv.size(), conv.channels()),
            item);
      }
    }
  }

  private static void writeKernels(Path file, ConvFilters conv) throws IOException {
    try (CsvWriter table = CsvWriter.builder().build(file)) {
      table.writeRecord("filter", "tap", "channel", "weight");
      for (int filter = 0; filter < conv.filters(); filter++) {
        float[] kernel = conv.kernels()[filter];
        for (int index = 0; index < kernel.length; index++) {
          table.writeRecord(
              Integer.toString(filter),
              Integer.toString(index / conv.channels()),
              Integer.toString(index % conv.channels()),
              Float.toString(kernel[index]));
        }
      }
    }
  }

  private static void writeActivations(Path file, ConvFilters conv) throws IOException {
    try (CsvWriter table = CsvWriter.builder().build(file)) {
      table.writeRecord("filter", "step", "mean");
      for (int filter = 0; filter < conv.filters(); filter++) {
        float[] means = conv.activations()[filter];
        for (int step = 0; step < means.length; step++) {
          table.writeRecord(
              Integer.toString(filter), Integer.toString(step), Float.toString(means[step]));
        }
      }
    }
  }
}
