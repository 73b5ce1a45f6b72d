package io.github.lstmfcn.chart;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.explain.ClassActivationMap;
import io.github.lstmfcn.files.FolderKind;
import io.github.lstmfcn.files.NewFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A folder of class activation maps: {@code sample-<n>.png} and {@code .svg}; {@code cam.html} with
 * the maps of all classes, of which those beyond the size limit of the page are in {@code
 * cam-series}; {@code cam.csv} with one line per step, for the class shown, and one column per
 * variable; {@code logits.csv} with one line per class and the terms of its logit.
 *
 * @param folder the folder, which must exist and is not to be seen before it is complete
 * @param title the title of the page
 * @param formula how the maps are computed
 * @param variables the number of variables of the series
 * @param recurrent whether the network has a recurrent branch, which takes part in the logits
 */
public record CamFolder(
    Path folder, String title, String formula, int variables, boolean recurrent) {
  /** The files of such a folder. */
  public static final FolderKind KIND =
      FolderKind.shared(
          "cam\\.html|cam\\.csv|logits\\.csv|sample-\\d+\\.(png|svg)" + "|cam-series/\\d+\\.js");

  /**
   * Writes all files in one pass over the samples.
   *
   * @param samples the samples, at least one
   * @param written receives each sample when it is written
   * @return the number of samples whose maps are in {@code cam-series}
   * @throws InvalidInputException if a file cannot be written
   */
  public int write(Stream<CamSample> samples, Consumer<CamSample> written) {
    AtomicInteger besidePage = new AtomicInteger();
    // Each file is complete only after the last sample, so the calls are nested.
    NewFile.write(
        folder.resolve("cam.html"),
        page ->
            NewFile.write(
                folder.resolve("cam.csv"),
                steps ->
                    NewFile.write(
                        folder.resolve("logits.csv"),
                        logits ->
                            besidePage.set(
                                write(samples.iterator(), written, page, steps, logits)))));
    return besidePage.get();
  }

  private int write(
      Iterator<CamSample> samples, Consumer<CamSample> written, Path page, Path steps, Path logits)
      throws IOException {
    Map<String, Object> values =
        Map.of("title", title, "formula", formula, "recurrent", recurrent, "variables", variables);
    try (Page html =
            Page.start(Files.newBufferedWriter(page), CamFolder.class, "cam", values)
                .overflowingTo(folder.resolve("cam-series"));
        CsvWriter stepTable = CsvWriter.builder().build(steps);
        CsvWriter logitTable = CsvWriter.builder().build(logits)) {
      stepTable.writeRecord(stepColumns());
      logitTable.writeRecord(
          "sample",
          "label",
          "predicted",
          "class",
          "probability",
          "logit",
          "convolution",
          "lstm",
          "bias",
          "lstm_share");
      while (samples.hasNext()) {
        CamSample sample = samples.next();
        new CamChart(sample, formula).picture().write(folder, "sample-" + sample.number());
        html.add(summary(sample), item(sample));
        writeSteps(stepTable, sample);
        writeLogits(logitTable, sample);
        written.accept(sample);
      }
      return html.besideIt();
    }
  }

  /** A single variable is named {@code value}. */
  private List<String> stepColumns() {
    List<String> columns =
        new ArrayList<>(List.of("sample", "label", "predicted", "class", "step"));
    for (int variable = 0; variable < variables; variable++) {
      columns.add(variables == 1 ? "value" : "variable_" + variable);
    }
    columns.add("map");
    return columns;
  }

  private static String summary(CamSample sample) {
    return "sample %s: class %s, predicted %s"
        .formatted(sample.number(), sample.label(), sample.predictedName());
  }

  private static Map<String, Object> item(CamSample sample) {
    ClassActivationMap cam = sample.cam();
    Map<String, Object> item = new LinkedHashMap<>();
    item.put("title", sample.title());
    item.put("classes", sample.classes());
    item.put("shown", sample.shown());
    item.put("predicted", sample.predicted());
    item.put("variables", sample.series().length);
    item.put("recurrent", sample.recurrent());
    item.put("series", Page.numbers(sample.series()));
    item.put("map", Page.numbers(cam.map()));
    item.put("probabilities", Page.numbers(cam.probabilities()));
    item.put("logits", Page.numbers(cam.logits()));
    item.put("convolution", Page.numbers(cam.convolution()));
    item.put("lstm", Page.numbers(cam.lstm()));
    item.put("bias", Page.numbers(cam.bias()));
    return item;
  }

  private static void writeSteps(CsvWriter table, CamSample sample) {
    float[] map = sample.cam().map()[sample.shown()];
    for (int step = 0; step < map.length; step++) {
      List<String> cells = new ArrayList<>();
      cells.add(Integer.toString(sample.number()));
      cells.add(sample.label());
      cells.add(sample.predictedName());
      cells.add(sample.classes().get(sample.shown()));
      cells.add(Integer.toString(step));
      for (float[] variable : sample.series()) {
        cells.add(Float.toString(variable[step]));
      }
      cells.add(Float.toString(map[step]));
      table.writeRecord(cells);
    }
  }

  private static void writeLogits(CsvWriter table, CamSample sample) {
    ClassActivationMap cam = sample.cam();
    for (int k = 0; k < cam.logits().length; k++) {
      table.writeRecord(
          Integer.toString(sample.number()),
          sample.label(),
          sample.predictedName(),
          sample.classes().get(k),
          Float.toString(cam.probabilities()[k]),
          Float.toString(cam.logits()[k]),
          Float.toString(cam.convolution()[k]),
          Float.toString(cam.lstm()[k]),
          Float.toString(cam.bias()[k]),
          Double.toString(cam.lstmShare(k)));
    }
  }
}
