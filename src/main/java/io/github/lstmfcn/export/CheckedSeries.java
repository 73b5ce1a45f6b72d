package io.github.lstmfcn.export;

import io.github.lstmfcn.data.Preparation;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** The series by which an exported model is compared with its weights. */
final class CheckedSeries {
  private static final int COUNT = 16;

  /** From this length on, a variable of which one value is missing still varies. */
  private static final int LENGTH_TO_MISS_VALUES = 3;

  private CheckedSeries() {}

  /**
   * Creates Gaussian series in the scale of the series that the model was trained on. In some of
   * the multivariate ones a value is missing, the last step is padded or a variable is 0.
   *
   * @return float32 {@code [series][variable][step]}, the same at every call
   */
  static float[][][] of(Preparation preparation) {
    Random random = new Random(0);
    float[][][] series = new float[COUNT][preparation.variables()][preparation.length()];
    for (int row = 0; row < COUNT; row++) {
      for (int variable = 0; variable < preparation.variables(); variable++) {
        double mean = ofVariable(preparation.means(), variable, 0);
        double deviation = ofVariable(preparation.deviations(), variable, 1);
        for (int step = 0; step < preparation.length(); step++) {
          series[row][variable][step] = (float) (mean + deviation * random.nextGaussian());
        }
      }
      if (preparation.variables() > 1) {
        disturb(series[row], row);
      }
    }
    return series;
  }

  private static double ofVariable(List<Double> numbers, int variable, double otherwise) {
    return numbers.isEmpty() ? otherwise : numbers.get(Math.min(variable, numbers.size() - 1));
  }

  private static void disturb(float[][] series, int row) {
    float[] one = series[row % series.length];
    if (row % 4 == 1) {
      Arrays.fill(one, 0);
    } else if (row % 4 == 2 && one.length >= LENGTH_TO_MISS_VALUES) {
      one[0] = Float.NaN;
    } else if (row % 4 == 3 && one.length >= LENGTH_TO_MISS_VALUES) {
      for (float[] variable : series) {
        variable[variable.length - 1] = Float.NaN;
      }
    }
  }
}
