package io.github.lstmfcn.cli;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.github.lstmfcn.Model;
import io.github.lstmfcn.TimeSeriesClassifier;
import io.github.lstmfcn.cli.option.InputOptions;
import io.github.lstmfcn.cli.option.ModelOptions;
import io.github.lstmfcn.cli.option.OutputFormat;
import io.github.lstmfcn.cli.option.PrecisionOption;
import io.github.lstmfcn.cli.option.StreamOptions;
import io.github.lstmfcn.cli.option.StreamedSeriesCheck;
import io.github.lstmfcn.cli.process.Notes;
import io.github.lstmfcn.data.TableLayout;
import io.github.lstmfcn.data.archive.SeriesStream;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.json.Json;
import io.github.lstmfcn.model.Precision;
import io.github.lstmfcn.model.graph.Predictor;
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
import java.util.concurrent.Callable;
import java.util.function.Consumer;
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
      "Multivariate series can also be a table with the columns series, step and one per variable "
          + "or, from a pipe, lines of .ts or of JSON, as [[1, 2], [3, 4]] with one inner array per "
          + "variable.",
      "Labels in the file are ignored. Each series is classified as soon as it has been "
          + "read, so that endless pipes work."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  cut -f 2- testdata/CBF/CBF_TEST.tsv |",
      "    lstmfcn predict --weights keras-weights/2017-lstmfcn-8-CBF/weights.h5",
      "  lstmfcn predict --weights keras-weights/2018-mlstmfcn-8-PhaseWaves/weights.h5 \\",
      "    testdata/PhaseWaves/PhaseWaves_TEST.ts"
    })
final class PredictCommand implements Callable<Integer> {
  @CommandLine.Spec CommandLine.Model.CommandSpec command;

  @Mixin ModelOptions model;

  @Mixin InputOptions input;

  @Mixin StreamOptions stream;

  @Mixin PrecisionOption precision;

  @Option(
      names = "--skip-bad",
      description =
          "Skip series that cannot be read or computed with and classify the others. Each "
              + "skipped series is named on standard error, and the exit code is 1.")
  boolean skipBad;

  @ArgGroup OutputFormat format = new OutputFormat();

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      defaultValue = "-",
      description = "File of series; - for standard input. Default: ${DEFAULT-VALUE}.")
  String file;

  @Override
  public Integer call() {
    Model loaded = input.load(model, stream.truncate);
    Precision asked = precision.orAsked();
    PrecisionOption.note(asked).ifPresent(Notes.of(command)::print);
    try (TimeSeriesClassifier classifier = TimeSeriesClassifier.of(List.of(loaded), asked);
        SeriesStream series = open()) {
      if (classifier.dependsOnBatch()) {
        Notes.of(command)
            .print(
                "the attention sums across the batch; series are classified in batches of "
                    + TimeSeriesClassifier.BATCH_SIZE
                    + ", and a prediction depends on its batch");
      }
      PrintWriter out = command.commandLine().getOut();
      StreamedSeriesCheck check =
          StreamedSeriesCheck.of(
              classifier.length(),
              stream.truncate,
              input.layout.layout(),
              file.equals("-") ? null : Path.of(file));
      int skipped =
          new StreamPredictor(classifier, series, check, printer(classifier.labels()), out)
              .print(skipBad ? this::skip : null, note(loaded));
      if (skipped > 0) {
        command.commandLine().getErr().println("lstmfcn: skipped " + skipped + " series");
      }
      return skipped > 0 ? CommandLine.ExitCode.SOFTWARE : CommandLine.ExitCode.OK;
    }
  }

  private Runnable note(Model loaded) {
    return () -> Notes.of(command).assumptions(List.of(loaded));
  }

  private void skip(InvalidInputException bad) {
    command.commandLine().getErr().println("lstmfcn: skipped: " + bad.getMessage());
  }

  private SeriesStream open() {
    TableLayout layout = input.layout.layout();
    return file.equals("-")
        ? SeriesStream.open(System.in, "standard input", layout)
        : SeriesStream.open(Path.of(file), layout, stream.split);
  }

  private Consumer<float[]> printer(List<String> labels) {
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
        cells.add(mostProbable(labels, probabilities));
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
      out.println(mostProbable(labels, probabilities) + "  " + line);
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
    map.put("predicted", mostProbable(labels, probabilities));
    map.put("probabilities", byLabel);
    return map;
  }

  private static String mostProbable(List<String> labels, float[] probabilities) {
    return labels.get(Predictor.mostProbable(probabilities));
  }
}
