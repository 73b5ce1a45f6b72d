package io.github.lstmfcn.bench;

import io.github.lstmfcn.TimeSeriesClassifier;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.graph.FoldedModel;
import io.github.lstmfcn.model.graph.LstmFcnSession;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Class probabilities of one batch, from {@code float[][]} to {@code float[][]}. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 3)
public class PredictionBenchmark {
  /** {@code variables} x {@code length} x {@code batch} x {@code cells}; JMH splits at commas. */
  @Param({
    "1x24x67x8",
    "1x128x128x8",
    "1x286x28x64",
    "1x500x128x128",
    "1x1639x32x8",
    "12x29x128x8",
    "6x100x40x64",
    "62x512x16x8"
  })
  public String shape;

  private float[][] series;
  private float[][][] unprepared;
  private LstmFcnSession exactGraph;
  private FoldedModel foldedModel;
  private TimeSeriesClassifier classifier;

  /** Builds a model three ways. */
  @Setup(Level.Trial)
  public void open() {
    Shape sizes = Shape.parse(shape);
    series = sizes.series();
    unprepared = sizes.unprepared();
    ModelWeights weights = sizes.weights();
    try (FoldedModel before = new FoldedModel(weights)) {
      before.measure(series.length);
      before.measure(Math.min(series.length, before.batchSize()));
    }
    exactGraph = new LstmFcnSession(weights);
    foldedModel = new FoldedModel(weights);
    classifier = TimeSeriesClassifier.of(sizes.model());
  }

  /** The reference. */
  @Benchmark
  public float[][] exact() {
    return exactGraph.probabilities(series, series.length);
  }

  /** The graph that predicts, in one batch. */
  @Benchmark
  public float[][] folded() {
    return foldedModel.probabilities(series, series.length);
  }

  /** What a caller has, in batches of its own. */
  @Benchmark
  public float[][] facade() {
    return classifier.predictProbabilities(unprepared);
  }

  /** Frees the models. */
  @TearDown(Level.Trial)
  public void close() {
    exactGraph.close();
    foldedModel.close();
    classifier.close();
  }
}
