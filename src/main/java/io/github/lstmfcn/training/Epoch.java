package io.github.lstmfcn.training;

import java.util.Optional;

/**
 * A completed epoch.
 *
 * @param number the number of the epoch, from 1
 * @param training the score on TRAIN as seen in training: with dropout, each batch before its
 *     update
 * @param validation the score on the validation split with the weights at the end of the epoch;
 *     empty if there is no validation split
 * @param learningRate the learning rate that the epoch was trained with
 */
public record Epoch(int number, Score training, Optional<Score> validation, float learningRate) {}
