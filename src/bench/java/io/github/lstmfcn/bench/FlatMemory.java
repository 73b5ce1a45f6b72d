package io.github.lstmfcn.bench;

import io.github.lstmfcn.model.graph.FoldedModel;
import io.github.lstmfcn.training.Recipe;
import io.github.lstmfcn.training.engine.Examples;
import io.github.lstmfcn.training.engine.TrainingSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Whether memory stays flat: how much the process's resident memory grows over 10,000 calls, after
 * 10,000 in which heap and arenas take their size. A line of JSON for predictions, one for steps of
 * training.
 */
public final class FlatMemory {
  private static final int CALLS = 10_000;
  private static final Shape SHAPE = new Shape(1, 24, 8, 8);

  private FlatMemory() {}

  /** Predicts 20,000 batches of eight series, then takes 20,000 steps of training on them. */
  public static void main(String[] args) throws IOException {
    float[][] series = SHAPE.series();
    try (FoldedModel session = new FoldedModel(SHAPE.weights())) {
      measure("predict", () -> session.probabilities(series, series.length));
    }
    Examples batch = new Examples(series, SHAPE.classes(), Shape.LABELS);
    try (TrainingSession session =
        new TrainingSession(SHAPE.weights(), Recipe.recipe2019(), Shape.equalClassWeights())) {
      measure("training", () -> session.step(batch, 1e-3f));
    }
  }

  private static void measure(String variant, Runnable call) throws IOException {
    long settled = 0;
    for (int number = 1; number <= 2 * CALLS; number++) {
      call.run();
      if (number == CALLS) {
        settled = residentKilobytes();
      }
    }
    long resident = residentKilobytes();
    new Result(
            "flat-memory",
            variant,
            SHAPE,
            Map.of("kilobytes", resident, "growth_kilobytes", resident - settled))
        .print();
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
