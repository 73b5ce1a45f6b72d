package io.github.lstmfcn.training;

import java.util.Optional;

/**
 * One epoch, over.
 *
 * @param number from 1
 * @param training over TRAIN, as it was trained: with dropout, each batch before its step
 * @param validation over the validation set with the weights at the end; empty if there is none
 * @param learningRate that the epoch was trained with
 */
public record Epoch(int number, Score training, Optional<Score> validation, float learningRate) {}
