package io.github.lstmfcn.explain;

/**
 * {@code skimage.transform.resize(…, mode="reflect", anti_aliasing=True)} along one axis, as
 * scikit-image 0.14 computes it: when downsampling, the values are smoothed by a Gaussian whose
 * borders are mirrored about the edge of the outermost value; then they are interpolated linearly,
 * mirrored about the centre of the outermost value.
 */
final class Resampling {
  /** The number of standard deviations after which SciPy truncates a Gaussian. */
  private static final double TRUNCATE = 4;

  private Resampling() {}

  /** Resamples values to {@code length} places. */
  static float[] resize(float[] values, int length) {
    double factor = (double) values.length / length;
    double[] smooth = smooth(values, Math.max(0, (factor - 1) / 2));
    float[] resized = new float[length];
    int last = values.length - 1;
    for (int place = 0; place < length; place++) {
      double from = Math.abs((place + 0.5) * factor - 0.5);
      if (from > last) {
        from = 2 * last - from;
      }
      int low = (int) Math.max(0, Math.floor(from));
      double share = from - low;
      resized[place] =
          (float) ((1 - share) * smooth[low] + share * smooth[Math.min(last, low + 1)]);
    }
    return resized;
  }

  private static double[] smooth(float[] values, double deviation) {
    double[] smooth = new double[values.length];
    int radius = (int) (TRUNCATE * deviation + 0.5);
    double[] weights = new double[2 * radius + 1];
    double sum = 0;
    for (int k = -radius; k <= radius; k++) {
      weights[k + radius] = radius == 0 ? 1 : Math.exp(-0.5 * k * k / (deviation * deviation));
      sum += weights[k + radius];
    }
    for (int index = 0; index < values.length; index++) {
      for (int k = -radius; k <= radius; k++) {
        smooth[index] += weights[k + radius] / sum * values[mirrored(index + k, values.length)];
      }
    }
    return smooth;
  }

  /** {@code … 1 0 | 0 1 2 … n-1 | n-1 n-2 …}. */
  private static int mirrored(int index, int count) {
    int place = Math.floorMod(index, 2 * count);
    return place < count ? place : 2 * count - 1 - place;
  }
}
