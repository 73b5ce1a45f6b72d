package io.github.lstmfcn.data;

/** The series of a univariate dataset. */
public final class UnivariateSeries {
  private UnivariateSeries() {}

  /** Float32 {@code [series][step]}. */
  public static float[][] of(Dataset data) {
    float[][] series = new float[data.size()][];
    for (int row = 0; row < series.length; row++) {
      if (data.series()[row].length != 1) {
        throw new IllegalArgumentException("expected 1 variable, found " + data.variables());
      }
      series[row] = data.series()[row][0];
    }
    return series;
  }
}
