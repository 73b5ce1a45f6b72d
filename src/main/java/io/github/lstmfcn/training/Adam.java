package io.github.lstmfcn.training;

import io.github.lstmfcn.error.InvalidInputException;

/**
 * Keras' {@code Adam} optimizer: {@code w -= learningRate sqrt(1 - beta2^t) / (1 - beta1^t) m /
 * (sqrt(v) + epsilon)}.
 *
 * @param learningRate the initial learning rate
 * @param beta1 the decay rate of the moving average of the gradient, in [0, 1)
 * @param beta2 the decay rate of the moving average of the squared gradient, in [0, 1)
 * @param epsilon the number added to the square root; 1e-8 in Keras 2.0, 1e-7 since
 */
public record Adam(float learningRate, float beta1, float beta2, float epsilon) {

  /**
   * Checks the values.
   *
   * @param learningRate the component {@code learningRate}
   * @param beta1 the component {@code beta1}
   * @param beta2 the component {@code beta2}
   * @param epsilon the component {@code epsilon}
   * @throws InvalidInputException if a value is out of its range
   */
  public Adam {
    RecipeValues.check("learningRate", learningRate, learningRate > 0, "a positive number");
    RecipeValues.check("beta1", beta1, beta1 >= 0 && beta1 < 1, "in [0, 1)");
    RecipeValues.check("beta2", beta2, beta2 >= 0 && beta2 < 1, "in [0, 1)");
    RecipeValues.check("epsilon", epsilon, epsilon > 0, "a positive number");
  }
}
