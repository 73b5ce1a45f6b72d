package io.github.lstmfcn.bench;

import io.github.lstmfcn.TimeSeriesClassifier;
import io.github.lstmfcn.machine.ByTurns;
import io.github.lstmfcn.model.Convolutions;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.graph.LstmFcnSession;
import io.github.lstmfcn.model.graph.Threads;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Class probabilities of one batch by each of our graphs and by ONNX Runtime, by turns in one
 * process: which of ours is fastest on this machine, and whether the library chooses it. A line of
 * JSON for each batch size and each way.
 */
final class PeerBenchmark {
  private static final List<Integer> BATCHES = List.of(1, 8, 32, 128);
  private static final float TOLERANCE = 1e-4f;
  private static final int TURNS = 5;

  private PeerBenchmark() {}

  private interface Way {
    float[][] probabilities(float[][] series);
  }

  /** Arguments: a shape, whose batch is not used; the seconds of each figure; the ONNX model. */
  public static void main(String[] args) throws IOException {
    Shape shape = Shape.parse(args[0]);
    ByTurns byTurns = new ByTurns(TURNS, Double.parseDouble(args[1]) / TURNS);
    int processors = Runtime.getRuntime().availableProcessors();
    ModelWeights weights = shape.weights();
    try (TimeSeriesClassifier before = TimeSeriesClassifier.of(shape.model())) {
      for (int batch : BATCHES) {
        before.measure(batch);
      }
    }
    try (TimeSeriesClassifier facade = TimeSeriesClassifier.of(shape.model());
        LstmFcnSession direct =
            LstmFcnSession.folded(weights, Convolutions.DIRECT, Threads.DEFAULT);
        LstmFcnSession byFour =
            LstmFcnSession.folded(weights, Convolutions.WINOGRAD_4, Threads.DEFAULT);
        LstmFcnSession bySix =
            LstmFcnSession.folded(weights, Convolutions.WINOGRAD_6, Threads.DEFAULT);
        LstmFcnSession exact = new LstmFcnSession(weights);
        OnnxModel onnx = new OnnxModel(Path.of(args[2]), processors)) {
      Map<String, Way> models = new LinkedHashMap<>();
      models.put("facade", facade::predictProbabilities);
      models.put("direct", series -> direct.probabilities(series, series.length));
      models.put("winograd-4", series -> byFour.probabilities(series, series.length));
      models.put("winograd-6", series -> bySix.probabilities(series, series.length));
      models.put("exact", series -> exact.probabilities(series, series.length));
      models.put("onnx", onnx::probabilities);
      for (int batch : BATCHES) {
        measure(shape.ofBatch(batch), models, byTurns);
      }
    }
  }

  private static void measure(Shape shape, Map<String, Way> models, ByTurns byTurns) {
    float[][] series = shape.series();
    float[][] expected = models.get("exact").probabilities(series);
    Map<String, Runnable> ways = new LinkedHashMap<>();
    models.forEach(
        (name, model) -> {
          check(name, expected, model.probabilities(series));
          ways.put(name, () -> model.probabilities(series));
        });
    byTurns
        .least(ways)
        .forEach(
            (name, milliseconds) ->
                new Result("peer", name, shape, Map.of("milliseconds", milliseconds)).print());
  }

  /** What is compared for speed must compute the same. */
  private static void check(String name, float[][] expected, float[][] found) {
    for (int row = 0; row < expected.length; row++) {
      for (int k = 0; k < expected[row].length; k++) {
        if (!(Math.abs(expected[row][k] - found[row][k]) <= TOLERANCE)) {
          throw new IllegalStateException(
              "%s: expected %s, found %s as series %s"
                  .formatted(
                      name, Arrays.toString(expected[row]), Arrays.toString(found[row]), row + 1));
        }
      }
    }
  }
}
