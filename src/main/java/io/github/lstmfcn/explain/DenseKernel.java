package io.github.lstmfcn.explain;

import io.github.lstmfcn.model.ModelWeights;

/**
 * The dense layer, divided by the branches that it joins.
 *
 * @param cells the number of rows of the recurrent branch, which come first
 * @param channels the number of rows of the convolutional branch
 * @param classes the number of columns
 * @param kernel float32 {@code (cells + channels, classes)}, row-major
 * @param bias float32 {@code [classes]}
 */
record DenseKernel(int cells, int channels, int classes, float[] kernel, float[] bias) {
  static DenseKernel of(ModelWeights weights) {
    return new DenseKernel(
        weights.spec().cells(),
        weights.spec().channels(),
        weights.spec().classes(),
        weights.arrays().get("dense/kernel").values(),
        weights.arrays().get("dense/bias").values());
  }

  /**
   * Multiplies channels by rows of the kernel, for every class and step.
   *
   * @param values float32 {@code (length, channels)}, row-major
   * @param firstRow the row of the kernel for channel 0
   * @param rows the number of rows, one per channel
   * @return float32 {@code [classes][length]}
   */
  float[][] map(float[] values, int length, int firstRow, int rows) {
    float[][] map = new float[classes][length];
    double[] sums = new double[classes];
    for (int step = 0; step < length; step++) {
      java.util.Arrays.fill(sums, 0);
      for (int channel = 0; channel < rows; channel++) {
        addRow(sums, firstRow + channel, values[step * channels + channel]);
      }
      for (int k = 0; k < classes; k++) {
        map[k][step] = (float) sums[k];
      }
    }
    return map;
  }

  /**
   * The recurrent branch's part of each logit, float32 {@code [classes]}.
   *
   * @param lstm float32 {@code [cells]}
   */
  float[] recurrentPart(float[] lstm) {
    double[] sums = new double[classes];
    for (int cell = 0; cell < cells; cell++) {
      addRow(sums, cell, lstm[cell]);
    }
    float[] part = new float[classes];
    for (int k = 0; k < classes; k++) {
      part[k] = (float) sums[k];
    }
    return part;
  }

  private void addRow(double[] sums, int row, float factor) {
    if (factor == 0) { // true for about half of a ReLU's outputs
      return;
    }
    for (int k = 0; k < classes; k++) {
      sums[k] += (double) factor * kernel[row * classes + k];
    }
  }
}
