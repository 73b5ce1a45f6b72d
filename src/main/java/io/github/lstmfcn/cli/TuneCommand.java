package io.github.lstmfcn.cli;

import com.github.freva.asciitable.ColumnData;
import io.github.lstmfcn.Model;
import io.github.lstmfcn.TimeSeriesClassifier;
import io.github.lstmfcn.cli.option.ModelOptions;
import io.github.lstmfcn.cli.option.PrecisionOption;
import io.github.lstmfcn.json.Json;
import io.github.lstmfcn.machine.Measurements;
import io.github.lstmfcn.machine.Processor;
import io.github.lstmfcn.model.Precision;
import io.github.lstmfcn.model.graph.Execution;
import io.github.lstmfcn.table.TextTable;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
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
          + "environment; another program measures itself (TimeSeriesClassifier.measure). Long "
          + "trainings, and programs that let more than four million steps be predicted at once, "
          + "measure by themselves. LSTMFCN_CONVOLUTIONS=direct, winograd-4 or winograd-6 in the "
          + "environment says otherwise. With bfloat16 convolutions are always direct."
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
          "Numbers of series at once, separated by commas. Default: what predictions of such series "
              + "take at once, and the powers of two below.")
  List<Integer> batchSizes;

  @Option(names = "--json", description = "Print the result as JSON.")
  boolean json;

  @Override
  public void run() {
    if (batchSizes != null) {
      checkSizes();
    }
    Model loaded = model.load();
    Map<Integer, Map<String, Double>> measured = new TreeMap<>();
    try (TimeSeriesClassifier classifier =
        TimeSeriesClassifier.of(List.of(loaded), precision.orAsked())) {
      List<Integer> sizes = batchSizes == null ? usual(classifier.batchSize()) : batchSizes;
      sizes.stream()
          .distinct()
          .sorted(Comparator.reverseOrder()) // so that one that is too large comes first
          .forEach(size -> measure(classifier, size).forEach(times -> measured.put(size, times)));
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
    Execution.askedConvolutions(Precision.FLOAT32)
        .ifPresent(asked -> out.println("Not used while LSTMFCN_CONVOLUTIONS asks for " + asked));
  }

  private void checkSizes() {
    if (batchSizes.isEmpty()) {
      throw misuse("expected at least one number, found none");
    }
    for (int size : batchSizes) {
      if (size < 1) {
        throw misuse("expected 1 or more, found " + size);
      }
    }
  }

  private CommandLine.ParameterException misuse(String reason) {
    return new CommandLine.ParameterException(command.commandLine(), "--batch-sizes: " + reason);
  }

  /** The powers of two below a size, and itself. */
  private static List<Integer> usual(int batchSize) {
    return IntStream.concat(
            IntStream.iterate(1, size -> size < batchSize, size -> 2 * size),
            IntStream.of(batchSize))
        .boxed()
        .toList();
  }

  private List<Map<String, Double>> measure(TimeSeriesClassifier classifier, int batchSize) {
    try {
      return classifier.measure(batchSize);
    } catch (IllegalArgumentException unfit) {
      if (unfit.getClass() != IllegalArgumentException.class) {
        throw unfit; // TensorFlow's
      }
      throw misuse(unfit.getMessage());
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
