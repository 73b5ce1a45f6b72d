package io.github.lstmfcn.bench;

import io.github.lstmfcn.model.LstmFcnSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether memory stays flat: how much the process's resident memory grows over 10,000 calls, after
 * 10,000 in which heap and arenas take their size. A line of JSON.
 */
public final class FlatMemory {
  private static final int CALLS = 10_000;

  private FlatMemory() {}

  /** Predicts 20,000 batches of eight series. */
  public static void main(String[] args) throws IOException {
    Shape shape = new Shape(24, 8, 8);
    float[][] series = shape.series();
    long settled = 0;
    try (LstmFcnSession session = LstmFcnSession.folded(shape.weights())) {
      for (int call = 1; call <= 2 * CALLS; call++) {
        session.probabilities(series, series.length);
        if (call == CALLS) {
          settled = residentKilobytes();
        }
      }
    }
    System.out.printf(
        "{\"side\": \"java\", \"kind\": \"flat-memory\", \"variant\": \"predict\", \"length\": %d,"
            + " \"batch\": %d, \"cells\": %d, \"kilobytes\": %d, \"growth_kilobytes\": %d}%n",
        shape.length(),
        shape.batch(),
        shape.cells(),
        residentKilobytes(),
        residentKilobytes() - settled);
  }

  private static long residentKilobytes() throws IOException {
    System.gc();
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }
}
