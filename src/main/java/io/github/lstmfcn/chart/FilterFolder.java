package io.github.lstmfcn.chart;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.explain.ConvFilters;
import io.github.lstmfcn.files.FolderKind;
import io.github.lstmfcn.files.NewFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A folder of convolutions: {@code conv<block>-kernels} and {@code conv<block>-activations} of each
 * as {@code .png}, {@code .svg} and {@code .csv}; {@code filters.html}; for each block with
 * squeeze-and-excite {@code se<block>-scales.png} and {@code .svg}, {@code se<block>-means.csv}
 * with the means of the classes and {@code se<block>-scales.csv} with the series shown.
 *
 * @param folder the folder, which must exist and is not to be seen before it is complete
 * @param title the title of page and pictures
 */
public record FilterFolder(Path folder, String title) {
  /** The files of such a folder. */
  public static final FolderKind KIND =
      FolderKind.shared(
          "filters\\.html|conv\\d+-(kernels|activations)\\.(png|svg|csv)"
              + "|se\\d+-scales\\.(png|svg|csv)|se\\d+-means\\.csv");

  /**
   * Writes all files.
   *
   * @param convolutions the convolutions
   * @param scales the factors of each squeeze-and-excite; none for a network without
   * @throws InvalidInputException if a file cannot be written
   */
  public void write(List<ConvFilters> convolutions, List<ScaleSamples> scales) {
    NewFile.write(folder.resolve("filters.html"), file -> writePage(file, convolutions, scales));
    for (ConvFilters conv : convolutions) {
      String name = "conv" + conv.block();
      kernels(conv).write(folder, name + "-kernels");
      activations(conv).picture().write(folder, name + "-activations");
      NewFile.write(folder.resolve(name + "-kernels.csv"), file -> writeKernels(file, conv));
      NewFile.write(
          folder.resolve(name + "-activations.csv"), file -> writeActivations(file, conv));
    }
    for (ScaleSamples block : scales) {
      int number = block.scales().block();
      String name = "se" + number;
      new ScaleChart(title + ": squeeze-and-excite of block " + number, block)
          .picture()
          .write(folder, name + "-scales");
      NewFile.write(folder.resolve(name + "-means.csv"), file -> writeMeans(file, block));
      NewFile.write(folder.resolve(name + "-scales.csv"), file -> writeScales(file, block));
    }
  }

  /** What an input channel of a convolution is. */
  private static String channel(ConvFilters conv) {
    return conv.block() == 1 && conv.channels() > 1 ? "variable" : "channel";
  }

  private Picture kernels(ConvFilters conv) {
    String of = title + ": convolution " + conv.block();
    if (channel(conv).equals("variable") && conv.channels() <= CamChart.PANELS) {
      float[][][] variables = new float[conv.channels()][][];
      Arrays.setAll(variables, conv::channel);
      return new HeatMapPanels(
              of,
              "Kernels: the %s taps of each variable, on one scale".formatted(conv.size()),
              variables,
              "filter",
              "variable")
          .picture();
    }
    return new HeatMapChart(
            of,
            "Kernels: %s taps × %s input %ss, the %3$ss of a tap side by side"
                .formatted(conv.size(), conv.channels(), channel(conv)),
            conv.kernels(),
            "filter",
            "tap",
            conv.size())
        .picture();
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

  private void writePage(Path file, List<ConvFilters> convolutions, List<ScaleSamples> scales)
      throws IOException {
    Map<String, Object> values = Map.of("title", title, "scales", !scales.isEmpty());
    try (Page page =
        Page.start(Files.newBufferedWriter(file), FilterFolder.class, "filters", values)) {
      for (ConvFilters conv : convolutions) {
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("filters", conv.filters());
        item.put("size", conv.size());
        item.put("channels", conv.channels());
        item.put("channel", channel(conv));
        item.put("kernels", Page.numbers(conv.kernels()));
        item.put("activations", Page.numbers(conv.activations()));
        scales.stream()
            .filter(block -> block.scales().block() == conv.block())
            .forEach(
                block -> {
                  item.put("rows", block.names());
                  item.put("scales", Page.numbers(block.rows()));
                });
        page.add(
            "%s: %s filters, %s taps × %s %ss"
                .formatted(
                    conv.block(), conv.filters(), conv.size(), conv.channels(), channel(conv)),
            item);
      }
    }
  }

  private static void writeKernels(Path file, ConvFilters conv) throws IOException {
    try (CsvWriter table = CsvWriter.builder().build(file)) {
      table.writeRecord("filter", "tap", channel(conv), "weight");
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

  private static void writeMeans(Path file, ScaleSamples block) throws IOException {
    try (CsvWriter table = CsvWriter.builder().build(file)) {
      table.writeRecord("class", "series", "filter", "mean");
      float[][] means = block.means();
      for (int k = 0; k < means.length; k++) {
        for (int filter = 0; filter < means[k].length && block.series(k) > 0; filter++) {
          table.writeRecord(
              block.classes().get(k),
              Integer.toString(block.series(k)),
              Integer.toString(filter),
              Float.toString(means[k][filter]));
        }
      }
    }
  }

  private static void writeScales(Path file, ScaleSamples block) throws IOException {
    try (CsvWriter table = CsvWriter.builder().build(file)) {
      table.writeRecord("sample", "label", "filter", "scale");
      for (int sample : block.samples()) {
        float[] scales = block.scales().scales()[sample];
        for (int filter = 0; filter < scales.length; filter++) {
          table.writeRecord(
              Integer.toString(sample),
              block.labels().get(sample),
              Integer.toString(filter),
              Float.toString(scales[filter]));
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
