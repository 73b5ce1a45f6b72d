package io.github.lstmfcn.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How many threads TensorFlow should use within an operation and how many operations it should run
 * at a time on this machine. Each setting is measured in processes of its own, since TensorFlow's
 * threads are those of the process. Prints a Markdown table and the best setting for prediction and
 * for training; needs nothing but Java and the library.
 */
final class ThreadsBenchmark {

  private ThreadsBenchmark() {}

  /**
   * A setting.
   *
   * @param within the threads of an operation
   * @param between the operations that run at a time
   */
  private record Setting(int within, int between) {
    @Override
    public String toString() {
      return within + " × " + between;
    }
  }

  /**
   * Milliseconds of each work at a shape.
   *
   * @param direct a prediction with direct convolutions
   * @param winograd a prediction with minimal filtering
   * @param training a step of training
   */
  private record Times(double direct, double winograd, double training) {
    double prediction() {
      return Math.min(direct, winograd);
    }

    Times least(Times other) {
      return new Times(
          Math.min(direct, other.direct),
          Math.min(winograd, other.winograd),
          Math.min(training, other.training));
    }
  }

  /**
   * What was found with a setting.
   *
   * @param product milliseconds of the matrix product
   * @param shapes the times at each of {@link ThreadsTrial#SHAPES}
   */
  private record Found(double product, List<Times> shapes) {
    static Found of(List<Double> milliseconds) {
      List<Times> shapes = new ArrayList<>();
      for (int first = 1; first < milliseconds.size(); first += 3) {
        shapes.add(
            new Times(
                milliseconds.get(first), milliseconds.get(first + 1), milliseconds.get(first + 2)));
      }
      return new Found(milliseconds.get(0), shapes);
    }

    Found least(Found other) {
      return new Found(
          Math.min(product, other.product),
          IntStream.range(0, shapes.size())
              .mapToObj(shape -> shapes.get(shape).least(other.shapes.get(shape)))
              .toList());
    }
  }

  /**
   * Measures each setting once, and again as long as there is time; the least counts. Argument: the
   * seconds that it may take, if once takes no longer.
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    double seconds = Double.parseDouble(args[0]);
    String machine = Machine.here().toString();
    Map<Setting, Found> found = new LinkedHashMap<>();
    long start = System.nanoTime();
    double taken = 0;
    for (int pass = 1; pass == 1 || taken * pass / (pass - 1) <= seconds; pass++) {
      for (Setting setting : settings()) {
        found.merge(setting, Found.of(measured(setting)), Found::least);
      }
      taken = (System.nanoTime() - start) / 1e9;
    }
    print(machine, found);
  }

  private static List<Setting> settings() {
    int all = Runtime.getRuntime().availableProcessors();
    List<Integer> counts =
        Stream.of(1, 2, 4, 8, all).filter(count -> count <= all).distinct().sorted().toList();
    return counts.stream()
        .flatMap(within -> counts.stream().map(between -> new Setting(within, between)))
        .toList();
  }

  /** What a process with a setting prints. */
  private static List<Double> measured(Setting setting) throws IOException, InterruptedException {
    ProcessBuilder trial =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            ThreadsTrial.class.getName());
    trial.environment().put("TF_NUM_INTRAOP_THREADS", "" + setting.within());
    trial.environment().put("TF_NUM_INTEROP_THREADS", "" + setting.between());
    Process process = trial.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    List<Double> milliseconds;
    try (var output = process.inputReader()) {
      milliseconds = output.lines().map(Double::valueOf).toList();
    }
    if (process.waitFor() != 0) {
      throw new IllegalStateException(
          "expected exit code 0, found %s with %s threads".formatted(process.exitValue(), setting));
    }
    System.err.println(setting + " threads done");
    return milliseconds;
  }

  private static void print(String machine, Map<Setting, Found> found) {
    System.out.println("### Threads within an operation × operations at a time, milliseconds");
    System.out.println();
    System.out.println(machine);
    System.out.println();
    StringBuilder head = new StringBuilder("| threads | matrix product, GFLOP/s |");
    for (Shape shape : ThreadsTrial.SHAPES) {
      String size = " T = %s, N = %s, ".formatted(shape.length(), shape.batch());
      for (String work : List.of("direct", "filtered", "training")) {
        head.append(size).append(work).append(" |");
      }
    }
    System.out.println(head);
    System.out.println("|---|---:|" + "---:|".repeat(3 * ThreadsTrial.SHAPES.size()));
    found.forEach((setting, times) -> System.out.println(row(setting, times)));
    System.out.println();
    printBest("prediction, by the faster graph", found, Times::prediction);
    printBest("training", found, Times::training);
  }

  private static String row(Setting setting, Found found) {
    StringBuilder row = new StringBuilder();
    row.append(
        String.format(
            Locale.ROOT, "| %s | %.0f |", setting, MatrixProduct.FLOP / found.product() / 1e6));
    for (Times times : found.shapes()) {
      row.append(
          String.format(
              Locale.ROOT,
              " %.2f | %.2f | %.2f |",
              times.direct(),
              times.winograd(),
              times.training()));
    }
    return row.toString();
  }

  /** The setting that takes the least time on average, each shape beside its own best setting. */
  private static void printBest(
      String work, Map<Setting, Found> found, ToDoubleFunction<Times> time) {
    Map<Setting, Double> over = new LinkedHashMap<>();
    found.forEach((setting, times) -> over.put(setting, excess(times, found, time)));
    Setting best = over.keySet().stream().min(Comparator.comparing(over::get)).orElseThrow();
    int all = Runtime.getRuntime().availableProcessors();
    Setting standard = new Setting(all, all);
    System.out.printf(
        Locale.ROOT,
        "Best for %s: %s, on average %.0f %% above the best of each shape; TensorFlow's default"
            + " %s: %.0f %%%n%n",
        work,
        best,
        over.get(best),
        standard,
        over.get(standard));
  }

  private static double excess(Found one, Map<Setting, Found> found, ToDoubleFunction<Times> time) {
    return IntStream.range(0, one.shapes().size())
        .mapToDouble(
            shape -> {
              double least =
                  found.values().stream()
                      .mapToDouble(other -> time.applyAsDouble(other.shapes().get(shape)))
                      .min()
                      .orElseThrow();
              return 100 * (time.applyAsDouble(one.shapes().get(shape)) / least - 1);
            })
        .average()
        .orElseThrow();
  }
}
