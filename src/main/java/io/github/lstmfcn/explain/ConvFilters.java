package io.github.lstmfcn.explain;

import io.github.lstmfcn.model.ConvolutionBlock;
import io.github.lstmfcn.model.ModelWeights;
import io.github.lstmfcn.model.WeightArray;
import io.github.lstmfcn.model.graph.Batches;
import io.github.lstmfcn.model.graph.LayerOutput;
import io.github.lstmfcn.model.graph.LstmFcnSession;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The filters that one convolution has learned, and their activations on series.
 *
 * @param block the number of the block, from 1
 * @param size the number of taps of each kernel
 * @param channels the number of channels of the convolution's input; for the first block the number
 *     of variables
 * @param kernels float32 {@code [filters][size * channels]}, the channels of a tap side by side
 * @param activations float32 {@code [filters][length]}: the block's ReLU output at each step,
 *     before squeeze-and-excite, averaged over the series
 */
public record ConvFilters(
    int block, int size, int channels, float[][] kernels, float[][] activations) {
  /**
   * Computes the filters of a model's convolutions.
   *
   * @param weights the weights of the model
   * @param series float32 {@code [≥ 1][variables × length]}, variables one after another
   * @return one element per block, in their order
   * @throws IllegalArgumentException if there is no series, one has another size, or the model is a
   *     recurrent layer alone, without convolutions
   */
  public static List<ConvFilters> of(ModelWeights weights, float[][] series) {
    Expected.series(series);
    Expected.convolutions(weights.spec());
    double[][] sums;
    try (LstmFcnSession session = new LstmFcnSession(weights)) {
      sums = sums(session, series);
    }
    List<ConvFilters> all = new ArrayList<>();
    for (int block = 1; block <= sums.length; block++) {
      String layer = ConvolutionBlock.convolution(block);
      WeightArray kernel = weights.arrays().get(layer + "/kernel"); // (size, in, filters)
      int filters = kernel.shape()[2];
      all.add(
          new ConvFilters(
              block,
              kernel.shape()[0],
              kernel.shape()[1],
              columns(kernel.values(), filters),
              means(sums[block - 1], filters, series.length)));
    }
    return all;
  }

  /** {@return the number of filters} */
  public int filters() {
    return kernels.length;
  }

  /**
   * The kernels' weights of one input channel.
   *
   * @param channel the index of the channel, from 0; for the first block that of the variable
   * @return float32 {@code [filters][size]}
   */
  public float[][] channel(int channel) {
    float[][] taps = new float[kernels.length][size];
    for (int filter = 0; filter < taps.length; filter++) {
      for (int tap = 0; tap < size; tap++) {
        taps[filter][tap] = kernels[filter][tap * channels + channel];
      }
    }
    return taps;
  }

  /** Sums over the series of each block's ReLU output, {@code (length, filters)}. */
  private static double[][] sums(LstmFcnSession session, float[][] series) {
    double[][] sums = new double[session.spec().blocks().size()][];
    List<String> layers =
        IntStream.rangeClosed(1, sums.length).mapToObj(block -> "relu" + block).toList();
    int batchSize = Batches.sizeOfFetched(session.length());
    for (int start = 0; start < series.length; start += batchSize) {
      float[][] batch =
          Arrays.copyOfRange(series, start, Math.min(series.length, start + batchSize));
      Map<String, LayerOutput> outputs = session.fetch(batch, layers);
      for (int block = 0; block < sums.length; block++) {
        float[] relu = outputs.get(layers.get(block)).values(); // (N, length, filters)
        int size = relu.length / batch.length;
        if (sums[block] == null) {
          sums[block] = new double[size];
        }
        for (int index = 0; index < relu.length; index++) {
          sums[block][index % size] += relu[index];
        }
      }
    }
    return sums;
  }

  private static float[][] columns(float[] values, int columns) {
    float[][] turned = new float[columns][values.length / columns];
    for (int index = 0; index < values.length; index++) {
      turned[index % columns][index / columns] = values[index];
    }
    return turned;
  }

  private static float[][] means(double[] sums, int filters, int count) {
    float[][] means = new float[filters][sums.length / filters];
    for (int index = 0; index < sums.length; index++) {
      means[index % filters][index / filters] = (float) (sums[index] / count);
    }
    return means;
  }
}
