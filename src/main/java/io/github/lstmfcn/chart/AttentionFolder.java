package io.github.lstmfcn.chart;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.explain.AttentionMap;
import io.github.lstmfcn.explain.MeanAttention;
import io.github.lstmfcn.files.NewFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A folder of the attention over several steps: {@code attention-class-<k>} of each class and
 * {@code attention-sample-<n>} of each series as {@code .png} and {@code .svg}; {@code
 * attention.html}; {@code attention-means.csv} and {@code attention.csv} with the shares; {@code
 * attended.csv} with the input times the shares of the last step.
 *
 * @param folder the folder, which must exist and is not to be seen before it is complete
 * @param title the title of page and pictures
 * @param axes what a step of the recurrent layer is
 * @param classes the names of the classes
 */
public record AttentionFolder(Path folder, String title, AttentionAxes axes, List<String> classes) {

  /**
   * Writes all files.
   *
   * @param samples the series
   * @param means the mean attention of each class
   * @throws InvalidInputException if a file cannot be written
   */
  public void write(List<AttentionSample> samples, List<MeanAttention> means) {
    NewFile.write(folder.resolve("attention.html"), file -> writePage(file, samples, means));
    for (int k = 0; k < means.size(); k++) {
      if (means.get(k).series() > 0) {
        draw(
            "attention-class-" + k,
            title(k, means.get(k)),
            means.get(k).alpha(),
            masked(means.get(k)));
      }
    }
    for (AttentionSample sample : samples) {
      AttentionMap map = sample.map();
      draw("attention-sample-" + sample.number(), sample.title(), map.alpha(), map.masked());
    }
    NewFile.write(folder.resolve("attention-means.csv"), file -> writeMeans(file, means));
    NewFile.write(folder.resolve("attention.csv"), file -> writeShares(file, samples));
    NewFile.write(folder.resolve("attended.csv"), file -> writeAttended(file, samples));
  }

  private void draw(String name, String of, float[][] alpha, boolean[] masked) {
    new AttentionChart(title + ": " + of, axes, alpha, masked).picture().write(folder, name);
  }

  private String title(int k, MeanAttention mean) {
    return "mean of the %s series of class %s".formatted(mean.series(), classes.get(k));
  }

  /** The steps that no series of the class takes. */
  private static boolean[] masked(MeanAttention mean) {
    boolean[] masked = new boolean[mean.taken().length];
    for (int step = 0; step < masked.length; step++) {
      masked[step] = mean.taken()[step] == 0;
    }
    return masked;
  }

  private void writePage(Path file, List<AttentionSample> samples, List<MeanAttention> means)
      throws IOException {
    Map<String, Object> values = Map.of("title", title, "step", axes.step());
    try (Page page =
        Page.start(Files.newBufferedWriter(file), AttentionFolder.class, "attention", values)
            .overflowingTo(folder.resolve("attention-series"))) {
      for (int k = 0; k < means.size(); k++) {
        MeanAttention mean = means.get(k);
        if (mean.series() > 0) {
          page.add(title(k, mean), item(title(k, mean), mean.alpha(), masked(mean)));
        }
      }
      for (AttentionSample sample : samples) {
        AttentionMap map = sample.map();
        page.add(sample.title(), item(sample.title(), map.alpha(), map.masked()));
      }
    }
  }

  private Map<String, Object> item(String of, float[][] alpha, boolean[] masked) {
    Map<String, Object> item = new LinkedHashMap<>();
    item.put("title", of);
    item.put("step", axes.step());
    item.put("steps", alpha.length);
    item.put("masked", masked);
    item.put("alpha", Page.numbers(AttentionChart.taken(alpha, masked)));
    return item;
  }

  private void writeMeans(Path file, List<MeanAttention> means) throws IOException {
    try (CsvWriter table = CsvWriter.builder().build(file)) {
      table.writeRecord(
          "class", "series", AttentionAxes.column(axes.step()), "taken", "attended", "alpha");
      for (int k = 0; k < means.size(); k++) {
        MeanAttention mean = means.get(k);
        for (int step = 0; step < mean.alpha().length; step++) {
          for (int column = 0; column < mean.alpha().length; column++) {
            table.writeRecord(
                classes.get(k),
                Integer.toString(mean.series()),
                Integer.toString(step),
                Integer.toString(mean.taken()[step]),
                Integer.toString(column),
                number(mean.alpha()[step][column]));
          }
        }
      }
    }
  }

  /** Empty for NaN. */
  private static String number(float value) {
    return Float.isNaN(value) ? "" : Float.toString(value);
  }

  private void writeShares(Path file, List<AttentionSample> samples) throws IOException {
    try (CsvWriter table = CsvWriter.builder().build(file)) {
      table.writeRecord(
          "sample", "label", AttentionAxes.column(axes.step()), "masked", "attended", "alpha");
      for (AttentionSample sample : samples) {
        float[][] alpha = sample.map().alpha();
        for (int step = 0; step < alpha.length; step++) {
          for (int column = 0; column < alpha.length; column++) {
            table.writeRecord(
                Integer.toString(sample.number()),
                sample.label(),
                Integer.toString(step),
                Boolean.toString(sample.map().masked()[step]),
                Integer.toString(column),
                Float.toString(alpha[step][column]));
          }
        }
      }
    }
  }

  private void writeAttended(Path file, List<AttentionSample> samples) throws IOException {
    try (CsvWriter table = CsvWriter.builder().build(file)) {
      table.writeRecord(
          "sample",
          "label",
          AttentionAxes.column(axes.step()),
          AttentionAxes.column(axes.feature()),
          "value",
          "attended");
      for (AttentionSample sample : samples) {
        AttentionMap map = sample.map();
        for (int step = 0; step < map.input().length; step++) {
          for (int feature = 0; feature < map.input()[step].length; feature++) {
            table.writeRecord(
                Integer.toString(sample.number()),
                sample.label(),
                Integer.toString(step),
                Integer.toString(feature),
                Float.toString(map.input()[step][feature]),
                Float.toString(map.attended()[step][feature]));
          }
        }
      }
    }
  }
}
