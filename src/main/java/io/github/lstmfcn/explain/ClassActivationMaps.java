package io.github.lstmfcn.explain;

import io.github.lstmfcn.model.ConvolutionBlock;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.graph.Batches;
import io.github.lstmfcn.model.graph.LayerOutput;
import io.github.lstmfcn.model.graph.LstmFcnSession;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Computes the class activation maps of a model. Safe for use by several threads; holds native
 * memory until closed.
 */
public final class ClassActivationMaps implements AutoCloseable {
  private final DenseKernel dense;
  private final LstmFcnSession exact;
  private final UpstreamMap upstream;
  private final LstmFcnSession asUpstream;

  private ClassActivationMaps(ModelWeights weights, UpstreamMap upstream) {
    this.dense = DenseKernel.of(weights);
    this.exact = new LstmFcnSession(weights);
    this.upstream = upstream;
    this.asUpstream = upstream == null ? null : LstmFcnSession.normalizedByBatch(weights);
  }

  /**
   * Opens a model for its exact maps: those whose mean is the convolutional branch's part of the
   * logit.
   *
   * @param weights the weights of the model
   * @return the maps, which the caller closes
   * @throws IllegalArgumentException if the model is a recurrent layer alone, without convolutions
   */
  public static ClassActivationMaps of(ModelWeights weights) {
    Expected.convolutions(weights.spec());
    return new ClassActivationMaps(weights, null);
  }

  /**
   * Opens a model for the maps that the original code draws, together with the logits of the exact
   * network and their parts.
   *
   * @param weights the weights of the model
   * @param upstream which map of the original code to compute
   * @return the maps, which the caller closes
   * @throws IllegalArgumentException if the original code has no such map of the model
   */
  public static ClassActivationMaps asUpstream(ModelWeights weights, UpstreamMap upstream) {
    if (!upstream.existsFor(weights.spec())) {
      throw new IllegalArgumentException(
          "expected %s, found %s".formatted(UpstreamMap.NETWORKS, weights.spec()));
    }
    return new ClassActivationMaps(weights, upstream);
  }

  /**
   * Computes the maps of series.
   *
   * @param series float32 {@code [N][variables × length]}, variables one after another
   * @return one map per series, in their order
   * @throws IllegalArgumentException if a series has another size
   */
  public Stream<ClassActivationMap> explain(float[][] series) {
    return explain(series, IntStream.range(0, series.length).toArray());
  }

  /**
   * Computes the maps of some of the series, batch by batch while the stream is read, so that
   * memory does not grow with their number. Where the attention sums across the batch, a series is
   * computed together with its batch of 128 in the given order, as in scoring.
   *
   * @param series float32 {@code [N][variables × length]}, variables one after another
   * @param samples the indices of the series, each from 0 to {@code N - 1}, in ascending order
   * @return one map per index, in their order
   * @throws IllegalArgumentException if a series has another size, or an index is out of range or
   *     order
   */
  public Stream<ClassActivationMap> explain(float[][] series, int[] samples) {
    expectInOrder(samples, series.length);
    if (exact.dependsOnBatch()) {
      return starts(series.length, Batches.ORIGINAL_SIZE)
          .mapToObj(start -> new Batch(series, start, Batches.ORIGINAL_SIZE))
          .flatMap(batch -> maps(batch.series(), batch.chosen(samples)));
    }
    float[][] chosen = Arrays.stream(samples).mapToObj(i -> series[i]).toArray(float[][]::new);
    int size = Batches.sizeOfFetched(exact.length());
    return starts(chosen.length, size)
        .mapToObj(start -> new Batch(chosen, start, size))
        .flatMap(batch -> maps(batch.series(), IntStream.range(0, batch.series().length)));
  }

  private static void expectInOrder(int[] samples, int count) {
    for (int index = 0; index < samples.length; index++) {
      int least = index == 0 ? 0 : samples[index - 1];
      if (samples[index] < least || samples[index] >= count) {
        throw new IllegalArgumentException(
            "expected indices from 0 to %s in ascending order, found %s"
                .formatted(count - 1, samples[index]));
      }
    }
  }

  private static IntStream starts(int count, int batchSize) {
    return IntStream.iterate(0, start -> start < count, start -> start + batchSize);
  }

  /** Consecutive series. */
  private record Batch(int start, float[][] series) {
    Batch(float[][] all, int start, int size) {
      this(start, Arrays.copyOfRange(all, start, Math.min(all.length, start + size)));
    }

    /** The samples that are in the batch, counted from its first series. */
    IntStream chosen(int[] samples) {
      return Arrays.stream(samples)
          .map(sample -> sample - start)
          .filter(row -> 0 <= row && row < series.length);
    }
  }

  private Stream<ClassActivationMap> maps(float[][] batch, IntStream rows) {
    int[] chosen = rows.toArray();
    if (chosen.length == 0) {
      return Stream.empty();
    }
    List<String> layers = new ArrayList<>(List.of(last(), "logits", "probabilities"));
    if (dense.cells() > 0) {
      layers.add("lstm");
    }
    Map<String, LayerOutput> outputs = exact.fetch(batch, layers);
    float[] last = outputs.get(last()).values(); // (N, T, channels)
    float[][] lstm = // (N, cells)
        dense.cells() > 0 ? outputs.get("lstm").rows() : new float[batch.length][0];
    float[][] logits = outputs.get("logits").rows();
    float[][] probabilities = outputs.get("probabilities").rows();
    return Arrays.stream(chosen)
        .mapToObj(
            row -> {
              float[][] map = exactMap(last, row);
              return new ClassActivationMap(
                  upstream == null ? map : upstream.scaled(upstreamMap(batch[row])),
                  means(map),
                  dense.recurrentPart(lstm[row]),
                  dense.bias(),
                  logits[row],
                  probabilities[row]);
            });
  }

  /** The name of the last block's output. */
  private String last() {
    List<ConvolutionBlock> blocks = exact.spec().blocks();
    int number = blocks.size();
    return blocks.get(number - 1).hasSqueezeAndExcite()
        ? "se" + number + "_output"
        : "relu" + number;
  }

  private float[][] exactMap(float[] last, int row) {
    int size = exact.length() * dense.channels();
    float[] own = Arrays.copyOfRange(last, row * size, (row + 1) * size); // (T, channels)
    return dense.map(own, exact.length(), dense.cells(), dense.channels());
  }

  private static float[] means(float[][] map) {
    float[] means = new float[map.length];
    for (int k = 0; k < map.length; k++) {
      double sum = 0;
      for (float value : map[k]) {
        sum += value;
      }
      means[k] = (float) (sum / map[k].length);
    }
    return means;
  }

  /**
   * The original code's map of one series, before it is divided by its maximum. The original code
   * runs one series at a time, and so must this method: the batch's mean and variance are those of
   * the series.
   */
  float[][] upstreamMap(float[] series) {
    String last = ConvolutionBlock.convolution(exact.spec().blocks().size());
    float[] conv = // (1, T, channels)
        asUpstream.fetch(new float[][] {series}, List.of(last)).get(last).values();
    return upstream.unscaled(conv, dense, exact.length());
  }

  /** Frees the native memory, after computations in progress have ended. */
  @Override
  public void close() {
    exact.close();
    if (asUpstream != null) {
      asUpstream.close();
    }
  }
}
