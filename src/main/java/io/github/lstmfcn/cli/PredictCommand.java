package io.github.lstmfcn.cli;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.github.lstmfcn.Model;
import io.github.lstmfcn.TimeSeriesClassifier;
import io.github.lstmfcn.data.DatasetFile;
import io.github.lstmfcn.data.InvalidInputException;
import io.github.lstmfcn.data.SeriesStream;
import io.github.lstmfcn.data.TableLayout;
import io.github.lstmfcn.model.Predictor;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lstmfcn predict}. */
@Command(
    name = "predict",
    description = {
      "Classify series: delimited text with one series per line, .ts, .arff, .npy or .npz.",
      "Labels in the file are left out. Answers each line as soon as it is there, so that an endless "
          + "pipe works."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example:",
      "  cut -f 2- testdata/CBF/CBF_TEST.tsv |",
      "    lstmfcn predict --weights keras-weights/2017-lstmfcn-8-CBF/weights.h5"
    })
final class PredictCommand implements Runnable {
  @CommandLine.Spec CommandLine.Model.CommandSpec command;

  @Mixin ModelOptions model;

  @Mixin InputOptions input;

  @Option(names = "--truncate", description = "Cut series that are longer than the model.")
  boolean truncate;

  @ArgGroup OutputFormat format = new OutputFormat();

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      defaultValue = "-",
      description = "The file of series; - is standard input. Default: ${DEFAULT-VALUE}.")
  String file;

  @Override
  public void run() {
    Model loaded = input.load(model, truncate);
    try (TimeSeriesClassifier classifier = TimeSeriesClassifier.of(loaded);
        SeriesStream series = open()) {
      if (classifier.dependsOnBatch()) {
        Notes.print(
            "the attention sums across the batch; series are answered in batches of "
                + TimeSeriesClassifier.BATCH_SIZE
                + ", and an answer depends on its batch",
            command.commandLine().getErr());
      }
      predict(classifier, series, printer(classifier.labels()));
    }
  }

  private SeriesStream open() {
    TableLayout layout = input.layout.layout();
    return file.equals("-")
        ? SeriesStream.open(System.in, "standard input", layout)
        : SeriesStream.open(Path.of(file), layout);
  }

  private void predict(TimeSeriesClassifier classifier, SeriesStream series, Printer printer) {
    boolean wait = classifier.dependsOnBatch();
    List<float[]> batch = new ArrayList<>();
    PrintWriter out = command.commandLine().getOut();
    // A reader that has gone (… | head) ends an endless pipe.
    while (!out.checkError() && series.hasNext()) {
      // A full batch is quicker a series, but nobody is kept waiting for one.
      do {
        batch.add(checked(classifier, series));
      } while (batch.size() < TimeSeriesClassifier.BATCH_SIZE
          && (wait || series.ready())
          && series.hasNext());
      for (float[] probabilities : classifier.predictProbabilities(batch.toArray(float[][]::new))) {
        printer.print(probabilities);
      }
      batch.clear();
      out.flush();
    }
  }

  /** A series that fits, so that a message can name its line. */
  private float[] checked(TimeSeriesClassifier classifier, SeriesStream series) {
    float[] next = series.next();
    boolean unsaid = input.layout.labelColumn == null && series.couldHaveLabels();
    boolean labelled = unsaid && next.length == classifier.length() + 1;
    boolean shorter = unsaid && next.length < classifier.length() && isOfArchive();
    if (labelled || shorter || (next.length > classifier.length() && !truncate)) {
      throw new InvalidInputException(
          null,
          (file.equals("-") ? "standard input" : file) + ": line " + series.line(),
          shorter
              ? classifier.length() + " values, the model's length"
              : "at most " + classifier.length() + " values, the model's length",
          Integer.toString(next.length),
          labelled || shorter
              ? "is the first a label? --label-column first leaves it out, --label-column none takes"
                  + " it for a value"
              : "--truncate cuts it");
    }
    return next;
  }

  /** Files of the archives have the label first. */
  private boolean isOfArchive() {
    return !file.equals("-") && DatasetFile.partOf(Path.of(file)).isPresent();
  }

  /** Writes one answer. */
  @FunctionalInterface
  private interface Printer {
    void print(float[] probabilities);
  }

  private Printer printer(List<String> labels) {
    PrintWriter out = command.commandLine().getOut();
    if (format.json) {
      return probabilities -> out.println(Json.line(answer(labels, probabilities)));
    }
    if (format.csv) {
      CsvWriter csv = CsvWriter.builder().build(out);
      List<String> header = new ArrayList<>(List.of("predicted"));
      labels.forEach(label -> header.add("probability_" + label));
      csv.writeRecord(header);
      return probabilities -> {
        List<String> cells = new ArrayList<>();
        cells.add(likeliest(labels, probabilities));
        for (float probability : probabilities) {
          cells.add(Float.toString(probability));
        }
        csv.writeRecord(cells);
        flush(csv);
      };
    }
    return probabilities -> {
      StringJoiner line = new StringJoiner(" ");
      for (float probability : probabilities) {
        line.add(String.format(Locale.ROOT, "%.6f", probability));
      }
      out.println(likeliest(labels, probabilities) + "  " + line);
    };
  }

  private static void flush(CsvWriter csv) {
    try {
      csv.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Object> answer(List<String> labels, float[] probabilities) {
    Map<String, Float> byLabel = new LinkedHashMap<>();
    for (int k = 0; k < probabilities.length; k++) {
      byLabel.put(labels.get(k), probabilities[k]);
    }
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("predicted", likeliest(labels, probabilities));
    map.put("probabilities", byLabel);
    return map;
  }

  private static String likeliest(List<String> labels, float[] probabilities) {
    return labels.get(Predictor.likeliest(probabilities));
  }
}
