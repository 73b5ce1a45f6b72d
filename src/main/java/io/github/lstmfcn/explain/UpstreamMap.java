package io.github.lstmfcn.explain;

import io.github.lstmfcn.model.ModelKind;
import io.github.lstmfcn.model.ModelSpec;
import java.util.Arrays;

/**
 * The maps that the original code draws, which has them for univariate LSTM-FCN and ALSTM-FCN only.
 * All start from the raw output of the third convolution, before batch normalisation and ReLU, in a
 * network normalised by the series' own mean and variance (Keras' learning phase is 1), and none
 * uses the rows of the dense kernel that belong to the convolutional branch.
 */
public enum UpstreamMap {
  /**
   * {@code visualize_cam} of 2017: uses the rows from 128 on. There are {@code cells} of them, and
   * they belong to the last channels, but are paired with the first ones. Divided by its maximum.
   */
  VISUALIZE_2017("2017") {
    @Override
    float[][] unscaled(float[] conv, DenseKernel dense, int length) {
      return dense.map(conv, length, dense.channels(), dense.cells());
    }

    /** It fails beyond, as there is no channel for a row. */
    @Override
    public boolean existsFor(ModelSpec spec) {
      return super.existsFor(spec) && spec.cells() <= spec.channels();
    }
  },

  /**
   * {@code visualize_cam} of 2019: each channel scaled to [-1, 1], times rows 0 to 127, the first
   * of which belong to the recurrent branch. Divided by its maximum.
   */
  VISUALIZE_2019("2019") {
    @Override
    float[][] unscaled(float[] conv, DenseKernel dense, int length) {
      return dense.map(channelsScaled(conv, dense.channels()), length, 0, dense.channels());
    }
  },

  /** {@code write_cam} of 2019: uses rows 0 to 127 and the mean over the channels, not scaled. */
  WRITE_2019("write-cam") {
    @Override
    float[][] unscaled(float[] conv, DenseKernel dense, int length) {
      float[][] map = dense.map(conv, length, 0, dense.channels());
      for (float[] row : map) {
        for (int step = 0; step < length; step++) {
          row[step] /= dense.channels();
        }
      }
      return map;
    }

    @Override
    float[][] scaled(float[][] map) {
      return map;
    }
  };

  /** The networks that have a map, in words. */
  static final String NETWORKS =
      "a univariate LSTM-FCN or ALSTM-FCN, with at most as many cells as channels for that of 2017";

  private final String title;

  UpstreamMap(String title) {
    this.title = title;
  }

  /** The year of the release, or the function's name where a release has two functions. */
  @Override
  public String toString() {
    return title;
  }

  /**
   * Whether the original code has the map of a network.
   *
   * @param spec the specification of the network
   * @return true for a univariate LSTM-FCN or ALSTM-FCN, for 2017 of at most as many cells as the
   *     last block has channels
   */
  public boolean existsFor(ModelSpec spec) {
    return spec.variables() == 1
        && (spec.kind() == ModelKind.LSTM_FCN || spec.kind() == ModelKind.ALSTM_FCN);
  }

  /**
   * The map before the division by its maximum.
   *
   * @param conv float32 {@code (length, channels)}, row-major: the raw output of the third
   *     convolution
   * @return float32 {@code [classes][length]}
   */
  abstract float[][] unscaled(float[] conv, DenseKernel dense, int length);

  /**
   * The map as it is drawn: each class's map divided by its maximum, so that its sign is inverted
   * where the maximum is negative.
   */
  float[][] scaled(float[][] map) {
    float[][] scaled = new float[map.length][];
    for (int k = 0; k < map.length; k++) {
      float largest = Float.NEGATIVE_INFINITY;
      for (float value : map[k]) {
        largest = Math.max(largest, value);
      }
      scaled[k] = map[k].clone();
      for (int step = 0; step < scaled[k].length; step++) {
        scaled[k][step] /= largest;
      }
    }
    return scaled;
  }

  /** Scales every channel to [-1, 1] over the steps. */
  private static float[] channelsScaled(float[] conv, int channels) {
    float[] smallest = Arrays.copyOf(conv, channels);
    float[] largest = Arrays.copyOf(conv, channels);
    for (int index = channels; index < conv.length; index++) {
      int channel = index % channels;
      smallest[channel] = Math.min(smallest[channel], conv[index]);
      largest[channel] = Math.max(largest[channel], conv[index]);
    }
    float[] scaled = new float[conv.length];
    for (int index = 0; index < scaled.length; index++) {
      int channel = index % channels;
      scaled[index] =
          2 * (conv[index] - smallest[channel]) / (largest[channel] - smallest[channel]) - 1;
    }
    return scaled;
  }
}
