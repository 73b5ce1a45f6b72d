package io.github.lstmfcn.cli;

import com.github.freva.asciitable.ColumnData;
import io.github.lstmfcn.Model;
import io.github.lstmfcn.TimeSeriesClassifier;
import io.github.lstmfcn.cli.option.ModelOptions;
import io.github.lstmfcn.cli.option.PrecisionOption;
import io.github.lstmfcn.json.Json;
import io.github.lstmfcn.machine.Measurements;
import io.github.lstmfcn.machine.Processor;
import io.github.lstmfcn.model.graph.Execution;
import io.github.lstmfcn.table.TextTable;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code lstmfcn tune}. */
@Command(
    name = "tune",
    description = {
      "Measure on this machine which way to compute a model is the fastest.",
      "The times are kept in the user's cache (XDG_CACHE_HOME, else ~/.cache; lstm-fcn/). From then "
          + "on this user's predictions with networks of the same sizes take the fastest way, in "
          + "batches of as many series or fewer, to the next power of two below. They count for "
          + "commands, and for programs that also run with TF_OVERRIDE_GLOBAL_THREADPOOL=1 in the "
          + "environment; another program measures itself (TimeSeriesClassifier.measure). Trainings "
          + "and very large predictions measure by themselves. LSTMFCN_CONVOLUTIONS=direct, "
          + "winograd-4 or winograd-6 in the environment says otherwise."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example:",
      "  ${COMMAND-FULL-NAME} --weights keras-weights/2017-lstmfcn-8-CBF/weights.h5 --batch-sizes 1,128"
    })
final class TuneCommand implements Runnable {
  @CommandLine.Spec CommandLine.Model.CommandSpec command;

  @Mixin ModelOptions model;

  @Mixin PrecisionOption precision;

  @Option(
      names = "--batch-sizes",
      paramLabel = "N",
      split = ",",
      description =
          "Numbers of series at once, separated by commas. Default: the powers of two up to what "
              + "predictions of such series take at once.")
  List<Integer> batchSizes;

  @Option(names = "--json", description = "Print the result as JSON.")
  boolean json;

  @Override
  public void run() {
    if (batchSizes != null && batchSizes.isEmpty()) {
      throw new CommandLine.ParameterException(
          command.commandLine(), "--batch-sizes: expected at least one number, found none");
    }
    Model loaded = model.load();
    Map<Integer, Map<String, Double>> measured = new TreeMap<>();
    try (TimeSeriesClassifier classifier =
        TimeSeriesClassifier.of(List.of(loaded), precision.orAsked())) {
      for (int batchSize : batchSizes == null ? usual(classifier.batchSize()) : batchSizes) {
        measure(classifier, batchSize).forEach(times -> measured.put(batchSize, times));
      }
    }
    PrintWriter out = command.commandLine().getOut();
    if (json) {
      out.println(Json.pretty(measured));
      return;
    }
    Processor processor = Processor.current();
    out.println(
        "%s, %s processors: milliseconds a batch".formatted(processor.name(), processor.count()));
    if (measured.isEmpty()) {
      out.println("This graph is run as it is stored, in one way.");
      return;
    }
    out.println(table(measured));
    out.println("Kept in " + Measurements.ofUser().file());
    Execution.askedConvolutions()
        .ifPresent(asked -> out.println("Not used while LSTMFCN_CONVOLUTIONS asks for " + asked));
  }

  private static List<Integer> usual(int batchSize) {
    return IntStream.iterate(1, size -> size < 2 * batchSize, size -> 2 * size).boxed().toList();
  }

  private List<Map<String, Double>> measure(TimeSeriesClassifier classifier, int batchSize) {
    try {
      return classifier.measure(batchSize);
    } catch (IllegalArgumentException size) {
      throw new CommandLine.ParameterException(
          command.commandLine(), "--batch-sizes: " + size.getMessage());
    }
  }

  private static String table(Map<Integer, Map<String, Double>> measured) {
    List<ColumnData<Map.Entry<Integer, Map<String, Double>>>> columns = new ArrayList<>();
    columns.add(TextTable.right("batch size").with(row -> row.getKey().toString()));
    for (String way : measured.values().iterator().next().keySet()) {
      columns.add(
          TextTable.right(way)
              .with(row -> String.format(Locale.ROOT, "%.3f", row.getValue().get(way))));
    }
    return TextTable.of(List.copyOf(measured.entrySet()), columns);
  }
}
