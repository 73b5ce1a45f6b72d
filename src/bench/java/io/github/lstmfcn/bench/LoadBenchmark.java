package io.github.lstmfcn.bench;

import io.github.lstmfcn.BatchingClassifier;
import io.github.lstmfcn.TimeSeriesClassifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/**
 * Latency under load: threads that share a model, each of which predicts one series after another.
 * A line of JSON for each number of threads. A process measures one variant, since TensorFlow's
 * threads are those of the process.
 */
final class LoadBenchmark {
  private static final List<Integer> CALLERS = List.of(1, 4, 16);
  private static final int TURNS = 2;

  private LoadBenchmark() {}

  /**
   * Arguments: {@code ours} for the threads that the library chooses, {@code ours-caller} if each
   * prediction is computed by the thread that asks, {@code onnx} and {@code onnx-caller} likewise;
   * a shape, whose batch is not used; seconds of each measurement; the ONNX model.
   */
  public static void main(String[] args) throws Exception {
    String variant = args[0];
    Shape shape = Shape.parse(args[1]).ofBatch(1);
    double seconds = Double.parseDouble(args[2]);
    int threads = variant.endsWith("-caller") ? 1 : Runtime.getRuntime().availableProcessors();
    if (variant.startsWith("onnx")) {
      try (OnnxModel model = new OnnxModel(Path.of(args[3]), threads)) {
        measure(variant, shape, seconds, series -> model.probabilities(new float[][] {series}));
      }
      return;
    }
    try (TimeSeriesClassifier model =
        threads == 1
            ? TimeSeriesClassifier.of(shape.model(), threads)
            : TimeSeriesClassifier.of(shape.model())) {
      measure(variant, shape, seconds, model::predictOne);
      if (threads > 1) {
        BatchingClassifier batching = new BatchingClassifier(model);
        for (int turn = 0; turn < TURNS; turn++) { // by turns, as the machine's rate changes
          measure(variant + "-batching", shape, seconds, batching::predictOne);
          measure(variant, shape, seconds, model::predictOne);
        }
      }
    }
  }

  private static void measure(String variant, Shape shape, double seconds, Consumer<float[]> model)
      throws InterruptedException, ExecutionException {
    float[] series = shape.series()[0];
    for (int callers : CALLERS) {
      nanoseconds(callers, seconds / 2, () -> model.accept(series)); // warms up
      long start = System.nanoTime();
      long[] taken = nanoseconds(callers, seconds, () -> model.accept(series));
      double elapsed = (System.nanoTime() - start) / 1e9; // the last calls end after their time
      new Result(
              "load",
              variant,
              shape,
              Map.of(
                  "callers",
                  callers,
                  "per_second",
                  taken.length / elapsed,
                  "milliseconds",
                  percentile(taken, 0.5),
                  "high",
                  percentile(taken, 0.99)))
          .print();
    }
  }

  /** What each call took that several threads made in a time, in ascending order. */
  private static long[] nanoseconds(int callers, double seconds, Runnable call)
      throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(callers);
    long end = System.nanoTime() + (long) (seconds * 1e9);
    List<Future<LongStream>> calls = new ArrayList<>();
    for (int caller = 0; caller < callers; caller++) {
      calls.add(threads.submit(() -> nanoseconds(end, call)));
    }
    LongStream all = LongStream.empty();
    for (Future<LongStream> one : calls) {
      all = LongStream.concat(all, one.get());
    }
    threads.shutdown();
    return all.sorted().toArray();
  }

  private static LongStream nanoseconds(long end, Runnable call) {
    LongStream.Builder taken = LongStream.builder();
    for (long start = System.nanoTime(); start < end; ) {
      call.run();
      long now = System.nanoTime();
      taken.add(now - start);
      start = now;
    }
    return taken.build();
  }

  private static double percentile(long[] ascending, double share) {
    return ascending[(int) (share * (ascending.length - 1))] / 1e6;
  }
}
