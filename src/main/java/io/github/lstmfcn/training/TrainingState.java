package io.github.lstmfcn.training;

import io.github.lstmfcn.model.ModelWeights;

/**
 * A training between two epochs, with all that it needs to go on as if it had not been cut: order
 * and dropout follow from the recipe's seed and the numbers of epoch and step.
 *
 * @param weights as they are now
 * @param optimizer what Adam and the moving averages remember
 * @param progress how far it is
 */
public record TrainingState(ModelWeights weights, OptimizerState optimizer, Progress progress) {}
