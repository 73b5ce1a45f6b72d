package io.github.lstmfcn.hostile;

import io.github.lstmfcn.data.TableLayout;
import io.github.lstmfcn.data.archive.DatasetFile;
import io.github.lstmfcn.data.archive.SeriesStream;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.keras.KerasWeights;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Reads all files of a folder and prints what came of each. */
final class ReadAll {
  private ReadAll() {}

  public static void main(String[] arguments) throws Exception {
    List<Path> files;
    try (Stream<Path> all = Files.list(Path.of(arguments[0]))) {
      files = all.sorted().toList();
    }
    for (Path file : files) {
      String name = file.getFileName().toString();
      if (name.endsWith(".h5") || name.endsWith(".keras")) {
        report(name, () -> KerasWeights.read(file));
      } else if (name.startsWith("json")) {
        report(name, () -> stream(file));
      } else {
        report(name, () -> DatasetFile.read(file));
        if (!name.startsWith("digits")) { // the names of its header are long, but not too long
          report(name + " as a stream", () -> stream(file));
        }
      }
    }
  }

  private static void stream(Path file) {
    try (SeriesStream series = SeriesStream.open(file, TableLayout.STANDARD, null)) {
      while (series.hasNext()) {
        series.next();
      }
    }
  }

  private static void report(String name, Runnable reading) {
    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    String outcome;
    try {
      reading.run();
      outcome = "read";
    } catch (InvalidInputException refused) {
      boolean memory = refused.getCause() instanceof OutOfMemoryError;
      outcome = (memory ? "no memory: " : "refused: ") + refused.getMessage();
    } catch (Throwable other) {
      outcome = "failed: " + other;
    }
    long end = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    System.out.println(name + "\t" + (end - start) / 1_000_000 + "\t" + outcome);
  }
}
