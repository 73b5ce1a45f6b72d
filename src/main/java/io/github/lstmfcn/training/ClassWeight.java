package io.github.lstmfcn.training;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How classes are weighted in the training loss. The original code computes balanced weights and
 * passes them to Keras in a form that Keras ignores, so its models were trained without class
 * weights.
 */
public enum ClassWeight {
  /** All series have the same weight. */
  NONE {
    @Override
    public float[] of(int[] counts) {
      float[] weights = new float[counts.length];
      Arrays.fill(weights, 1);
      return weights;
    }
  },
  /**
   * All classes have the same weight: a series is weighted by {@code N / (classes * series of the
   * class)}, as in scikit-learn's {@code balanced}. Classes without series are not counted.
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
   * Computes the weights of the classes.
   *
   * @param counts the number of series of each class in TRAIN
   * @return float32 {@code [classes]}
   */
  public abstract float[] of(int[] counts);
}
