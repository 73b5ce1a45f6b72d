package io.github.lstmfcn.training;

import io.github.lstmfcn.error.InvalidInputException;

/**
 * Keras' {@code Adam}: {@code w -= learningRate sqrt(1 - beta2^t) / (1 - beta1^t) m / (sqrt(v) +
 * epsilon)}.
 *
 * @param learningRate at the start
 * @param beta1 decay of the mean of the gradient
 * @param beta2 decay of the mean of its square
 * @param epsilon added to the root; 1e-8 in Keras 2.0, 1e-7 since
 */
public record Adam(float learningRate, float beta1, float beta2, float epsilon) {

  /**
   * @throws InvalidInputException if a value is out of its range
   */
  public Adam {
    Values.check("learningRate", learningRate, learningRate > 0, "a positive number");
    Values.check("beta1", beta1, beta1 >= 0 && beta1 < 1, "in [0, 1)");
    Values.check("beta2", beta2, beta2 >= 0 && beta2 < 1, "in [0, 1)");
    Values.check("epsilon", epsilon, epsilon > 0, "a positive number");
  }
}
