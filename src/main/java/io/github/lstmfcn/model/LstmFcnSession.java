package io.github.lstmfcn.model;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A model on TensorFlow: the exact graph with its weights as constants. Safe under any number of
 * threads; holds native memory until closed.
 */
public final class LstmFcnSession implements AutoCloseable {
  private final ModelSpec spec;
  private final Graph graph;
  private final Session session;

  /** Builds the graph. */
  public LstmFcnSession(ModelWeights weights) {
    spec = weights.spec();
    graph = new Graph();
    Ops tf = Ops.create(graph);
    LstmFcnGraph.build(tf, spec, constants(tf, weights));
    session = new Session(graph);
  }

  /** The arrays as constants of a graph, each made when first asked for. */
  public static Function<String, Operand<TFloat32>> constants(Ops tf, ModelWeights weights) {
    Ops scope = tf.withSubScope("weights");
    Map<String, Operand<TFloat32>> made = new LinkedHashMap<>();
    return name ->
        made.computeIfAbsent(
            name,
            key -> {
              WeightArray array = weights.arrays().get(key);
              return scope
                  .withName(key.replace('/', '.'))
                  .constant(shape(array.shape()), DataBuffers.of(array.values(), true, false));
            });
  }

  /** What it computes. */
  public ModelSpec spec() {
    return spec;
  }

  /**
   * Class probabilities.
   *
   * @param series float32 {@code [N][length]}, no missing values
   * @param batchSize how many at once, in order, the last batch short; matters to the result only
   *     where {@link ModelSpec#dependsOnBatch}
   * @return float32 {@code [N][classes]}
   * @throws IllegalArgumentException if a series has another length or the batch size is not
   *     positive
   */
  public float[][] probabilities(float[][] series, int batchSize) {
    if (batchSize < 1) {
      throw new IllegalArgumentException("a batch holds at least one series: found " + batchSize);
    }
    float[][] all = new float[series.length][];
    for (int start = 0; start < series.length; start += batchSize) {
      float[][] batch =
          Arrays.copyOfRange(series, start, Math.min(series.length, start + batchSize));
      float[][] rows = fetch(batch, List.of("probabilities")).get("probabilities").rows();
      System.arraycopy(rows, 0, all, start, rows.length);
    }
    return all;
  }

  /**
   * Outputs of named layers of {@link LstmFcnGraph} for one batch.
   *
   * @param series float32 {@code [N][length]}
   * @throws IllegalArgumentException if a series has another length or a layer does not exist
   */
  public Map<String, LayerOutput> fetch(float[][] series, List<String> layers) {
    try (TFloat32 input = input(series)) {
      Session.Runner runner = session.runner().feed("input", input);
      layers.forEach(runner::fetch);
      try (Result result = runner.run()) {
        Map<String, LayerOutput> outputs = new LinkedHashMap<>();
        for (int layer = 0; layer < layers.size(); layer++) {
          outputs.put(layers.get(layer), copy((TFloat32) result.get(layer)));
        }
        return outputs;
      }
    }
  }

  private TFloat32 input(float[][] series) {
    for (int row = 0; row < series.length; row++) {
      if (series[row].length != spec.length()) {
        throw new IllegalArgumentException(
            "series %d: expected length %d, found %d"
                .formatted(row, spec.length(), series[row].length));
      }
    }
    return TFloat32.tensorOf(
        Shape.of(series.length, 1, spec.length()),
        tensor -> {
          var data = tensor.asRawTensor().data().asFloats();
          for (int row = 0; row < series.length; row++) {
            data.offset((long) row * spec.length()).write(series[row]);
          }
        });
  }

  private static LayerOutput copy(TFloat32 tensor) {
    float[] values = new float[Math.toIntExact(tensor.size())];
    tensor.asRawTensor().data().asFloats().read(values);
    int[] shape = Arrays.stream(tensor.shape().asArray()).mapToInt(Math::toIntExact).toArray();
    return new LayerOutput(shape, values);
  }

  private static Shape shape(int[] dimensions) {
    return Shape.of(Arrays.stream(dimensions).asLongStream().toArray());
  }

  /** Waits for runs under way, then frees the native memory. Runs after it throw. */
  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
