package io.github.lstmfcn.training;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How much a series of a class counts in the training loss. The original computes balanced weights
 * and hands them to Keras in a form that Keras ignores, so its models were trained with none.
 */
public enum ClassWeight {
  /** All series count the same. */
  NONE {
    @Override
    public float[] of(int[] counts) {
      float[] weights = new float[counts.length];
      Arrays.fill(weights, 1);
      return weights;
    }
  },
  /**
   * All classes count the same: {@code N / (classes * series of the class)}, as scikit-learn's
   * {@code balanced}. A class without series does not count as one.
   */
  BALANCED {
    @Override
    public float[] of(int[] counts) {
      long series = IntStream.of(counts).asLongStream().sum();
      long present = IntStream.of(counts).filter(count -> count > 0).count();
      float[] weights = new float[counts.length];
      for (int k = 0; k < weights.length; k++) {
        weights[k] = counts[k] == 0 ? 1 : (float) series / (present * counts[k]);
      }
      return weights;
    }
  };

  /**
   * A weight per class.
   *
   * @param counts series of each class of TRAIN
   */
  public abstract float[] of(int[] counts);
}
