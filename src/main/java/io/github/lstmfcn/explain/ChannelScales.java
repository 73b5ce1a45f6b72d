package io.github.lstmfcn.explain;

import io.github.lstmfcn.model.ModelSpec;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.graph.Batches;
import io.github.lstmfcn.model.graph.LstmFcnSession;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The factors by which squeeze-and-excite multiplies the channels of one block, for series.
 *
 * @param block the number of the block, from 1
 * @param scales float32 {@code [N][filters]}: one factor, 0 to 1, per channel of the block
 */
public record ChannelScales(int block, float[][] scales) {

  /**
   * Computes the factors of a model's blocks.
   *
   * @param weights the weights of the model
   * @param series float32 {@code [≥ 1][variables × length]}, variables one after another
   * @return one element per block that has squeeze-and-excite, in their order; none for a network
   *     without
   * @throws IllegalArgumentException if there is no series or one has another size
   */
  public static List<ChannelScales> of(ModelWeights weights, float[][] series) {
    Expected.series(series);
    ModelSpec spec = weights.spec();
    int[] blocks =
        IntStream.rangeClosed(1, spec.blocks().size())
            .filter(block -> spec.blocks().get(block - 1).hasSqueezeAndExcite())
            .toArray();
    if (blocks.length == 0) {
      return List.of();
    }
    List<ChannelScales> all = new ArrayList<>();
    try (LstmFcnSession session = new LstmFcnSession(weights)) {
      for (int block : blocks) {
        String layer = "se" + block + "_scale";
        all.add(
            new ChannelScales(
                block,
                Batches.map(
                    series,
                    Batches.sizeOfFetched(spec.length()),
                    batch -> session.fetch(batch, List.of(layer)).get(layer).rows())));
      }
    }
    return all;
  }

  /**
   * The mean of the factors over the series of each class.
   *
   * @param truth the class of each series, from 0
   * @param classes the number of classes
   * @return float32 {@code [classes][filters]}; NaN for a class without series
   * @throws IllegalArgumentException if there is not exactly one of the classes per series
   */
  public float[][] means(int[] truth, int classes) {
    Expected.classes(scales, truth, classes);
    int filters = scales[0].length;
    double[][] sums = new double[classes][filters];
    int[] count = new int[classes];
    for (int row = 0; row < truth.length; row++) {
      count[truth[row]]++;
      for (int filter = 0; filter < filters; filter++) {
        sums[truth[row]][filter] += scales[row][filter];
      }
    }
    float[][] means = new float[classes][filters];
    for (int k = 0; k < classes; k++) {
      for (int filter = 0; filter < filters; filter++) {
        means[k][filter] = (float) (sums[k][filter] / count[k]); // 0 / 0 is NaN
      }
    }
    return means;
  }
}
